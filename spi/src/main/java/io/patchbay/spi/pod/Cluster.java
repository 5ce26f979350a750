package io.patchbay.spi.pod;

import java.util.Map;
import java.util.Optional;

/// What a delegate may know of the cluster, and tell it. Answers come from caches; nothing blocks.
public interface Cluster {
    Optional<String> annotation(PodRef pod, String key);

    Map<String, String> podLabels(PodRef pod);

    Map<String, String> nodeLabels();

    /// Tells people what happened to a pod, or to the node where no pod is named.
    ///
    /// @param reason one word in CamelCase
    void event(Optional<PodRef> pod, String reason, String sentence);

    /// Tells a condition of the node.
    void condition(String type, boolean status, String reason, String sentence);
}
