package io.patchbay.kit.rig;

import io.patchbay.meta.delegate.Background;
import io.patchbay.meta.delegate.BoundObjects;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.spi.pod.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A scripted cluster as one delegate sees it.
record ScriptedView(ScriptedCluster script, Background background) implements Cluster {
    @Override
    public Optional<String> annotation(PodRef pod, String key) {
        return script.find(pod).flatMap(found -> Optional.ofNullable(found.annotations().get(key)));
    }

    @Override
    public Map<String, String> podLabels(PodRef pod) {
        return script.find(pod).map(ScriptedPod::labels).orElse(Map.of());
    }

    @Override
    public long limit(PodRef pod, String resource) {
        return script.find(pod).map(found -> found.limits().getOrDefault(resource, 0L)).orElse(0L);
    }

    @Override
    public Optional<String> awaitAnnotation(
            PodRef pod, String key, Predicate<String> fits, Instant deadline)
            throws InterruptedException {
        return script.changes()
                .await(
                        () -> annotation(pod, key).filter(fits),
                        Duration.between(Instant.now(), deadline));
    }

    @Override
    public Optional<String> nodeName() {
        return script.nodeName();
    }

    @Override
    public Map<String, String> nodeLabels() {
        return script.nodeLabels();
    }

    @Override
    public Map<String, String> nodeAnnotations() {
        return script.nodeAnnotations();
    }

    @Override
    public <S extends Record> CustomObjects<S> objects(CustomKind kind, Class<S> spec) {
        return new BoundObjects<>(kind, spec, script.objects(kind), background);
    }

    @Override
    public void event(Optional<PodRef> pod, String reason, String sentence) {
        script.tell(reason, sentence);
    }

    @Override
    public void condition(String type, boolean status, String reason, String sentence) {
        script.tell(reason, sentence);
    }
}
