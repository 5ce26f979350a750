package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Nobody knows anything, but that things change.
record NoCluster(Background background, Changes changes) implements Cluster {
    private record Nothing(Changes changes) implements WrittenObjects {
        @Override
        public Optional<JsonNode> find(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void update(String name, Function<JsonNode, ObjectNode> change) {
            throw CniException.invalidConfig(name + " is not there");
        }
    }

    @Override
    public Optional<String> annotation(PodRef pod, String key) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> podLabels(PodRef pod) {
        return Map.of();
    }

    @Override
    public long limit(PodRef pod, String resource) {
        return 0;
    }

    @Override
    public Optional<String> awaitAnnotation(
            PodRef pod, String key, Predicate<String> fits, Instant deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<String> nodeName() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> nodeLabels() {
        return Map.of();
    }

    @Override
    public Map<String, String> nodeAnnotations() {
        return Map.of();
    }

    @Override
    public <S extends Record> CustomObjects<S> objects(CustomKind kind, Class<S> spec) {
        return new BoundObjects<>(kind, spec, new Nothing(changes), background);
    }

    @Override
    public void event(Optional<PodRef> pod, String reason, String sentence) {}

    @Override
    public void condition(String type, boolean status, String reason, String sentence) {}
}
