package io.patchbay.meta.kube;

import io.patchbay.spi.pod.PodRef;
import java.util.Map;

/// What is known of a pod. Its uid is empty where nobody told it.
public record Pod(PodRef ref, Map<String, String> labels, Map<String, String> annotations) {
    /// On a pod that a kubelet made of a file; its uid in the cluster is another than the
    /// runtime's.
    private static final String SOURCE = "kubernetes.io/config.source";

    public Pod {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    boolean isStatic() {
        return !annotations.getOrDefault(SOURCE, "api").equals("api");
    }
}
