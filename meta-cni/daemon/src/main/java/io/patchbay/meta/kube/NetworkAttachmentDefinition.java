package io.patchbay.meta.kube;

import java.util.Map;
import java.util.Optional;

/// A network that pods may select. Source: NPWG multi-network specification v1.3, §3.
///
/// @param config `spec.config`: the JSON of a CNI configuration
public record NetworkAttachmentDefinition(
        String namespace, String name, Map<String, String> annotations, Optional<String> config) {
    private static final String RESOURCE = "k8s.v1.cni.cncf.io/resourceName";

    public NetworkAttachmentDefinition {
        annotations = Map.copyOf(annotations);
    }

    /// The device plugin's resource that backs the network. Source: NPWG device-info specification
    /// 1.1.0, §4.1.
    public Optional<String> resourceName() {
        return Optional.ofNullable(annotations.get(RESOURCE)).filter(name -> !name.isBlank());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
