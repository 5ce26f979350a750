package io.patchbay.meta.kube;

import java.util.Map;

/// A namespace of the cluster, as far as it decides on networks.
public record Namespace(String name, Map<String, String> labels, Map<String, String> annotations) {
    public Namespace {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
