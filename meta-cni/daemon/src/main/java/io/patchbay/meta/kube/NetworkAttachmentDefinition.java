package io.patchbay.meta.kube;

import java.util.Map;
import java.util.Optional;

/// A network that pods may select. Source: NPWG multi-network specification v1.3, §3.
///
/// @param config `spec.config`: the JSON of a CNI configuration
public record NetworkAttachmentDefinition(
        String namespace, String name, Map<String, String> annotations, Optional<String> config) {
    public NetworkAttachmentDefinition {
        annotations = Map.copyOf(annotations);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
