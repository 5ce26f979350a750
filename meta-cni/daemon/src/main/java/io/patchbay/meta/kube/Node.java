package io.patchbay.meta.kube;

import java.util.Map;

/// What is known of a node.
public record Node(String name, Map<String, String> labels, Map<String, String> annotations) {
    /// One that is in no cluster.
    static final Node UNKNOWN = new Node("", Map.of(), Map.of());

    public Node {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
