package io.patchbay.meta.kube;

import io.patchbay.spi.pod.PodRef;
import java.util.Map;

/// What is known of a pod. Its uid is empty where nobody told it.
///
/// @param limits what its containers may have of each resource, all of them together; empty where
///   its specification was not asked for
public record Pod(
        PodRef ref,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Long> limits) {
    /// On a pod that a kubelet made of a file; its uid in the cluster is another than the
    /// runtime's.
    private static final String SOURCE = "kubernetes.io/config.source";

    public Pod {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        limits = Map.copyOf(limits);
    }

    /// Whether it is the very one that is asked for. The uid of one that a kubelet made of a file
    /// does not tell, and nor does one that nobody told.
    boolean is(PodRef asked) {
        return asked.uid().isEmpty()
                || ref.uid().isEmpty()
                || asked.uid().equals(ref.uid())
                || isStatic();
    }

    boolean isStatic() {
        return !annotations.getOrDefault(SOURCE, "api").equals("api");
    }
}
