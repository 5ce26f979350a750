package io.patchbay.kit.rig;

import io.patchbay.spi.pod.PodRef;
import java.util.HashMap;
import java.util.Map;

/// A pod of a {@link ScriptedCluster}.
public record ScriptedPod(
        PodRef ref,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Long> limits) {
    public ScriptedPod {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        limits = Map.copyOf(limits);
    }

    /// One that nothing is said about.
    public ScriptedPod(PodRef ref) {
        this(ref, Map.of(), Map.of(), Map.of());
    }

    boolean is(PodRef asked) {
        return asked.uid().isEmpty() || asked.uid().equals(ref.uid());
    }

    ScriptedPod annotated(String key, String value) {
        return new ScriptedPod(ref, labels, with(annotations, key, value), limits);
    }

    ScriptedPod limited(String resource, long limit) {
        return new ScriptedPod(ref, labels, annotations, with(limits, resource, limit));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
