package io.patchbay.meta.delegate;

import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.PodRef;
import java.util.Map;
import java.util.Optional;

/// Nobody knows anything.
final class NoCluster implements Cluster {
    @Override
    public Optional<String> annotation(PodRef pod, String key) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> podLabels(PodRef pod) {
        return Map.of();
    }

    @Override
    public Map<String, String> nodeLabels() {
        return Map.of();
    }

    @Override
    public void event(Optional<PodRef> pod, String reason, String sentence) {}

    @Override
    public void condition(String type, boolean status, String reason, String sentence) {}
}
