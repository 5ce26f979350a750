package io.patchbay.meta.kube;

import io.patchbay.meta.delegate.Background;
import io.patchbay.meta.delegate.BoundObjects;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.spi.pod.PodRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The cluster as a delegate sees it, over a view that has no conditions: they go to the log.
///
/// @param background the delegate's
public record ViewedCluster(ClusterView view, Background background) implements Cluster {
    private static final Logger LOG = System.getLogger(ViewedCluster.class.getName());

    @Override
    public Optional<String> annotation(PodRef pod, String key) {
        return find(pod).flatMap(found -> annotation(found, key));
    }

    private static Optional<String> annotation(Pod pod, String key) {
        return Optional.ofNullable(pod.annotations().get(key));
    }

    @Override
    public Map<String, String> podLabels(PodRef pod) {
        return find(pod).map(Pod::labels).orElse(Map.of());
    }

    @Override
    public long limit(PodRef pod, String resource) {
        return find(pod).map(found -> found.limits().getOrDefault(resource, 0L)).orElse(0L);
    }

    /// The view may know another pod of that name, and no newer one.
    private Optional<Pod> find(PodRef pod) {
        return view.findPod(pod).filter(found -> found.is(pod));
    }

    @Override
    public Optional<String> awaitAnnotation(
            PodRef pod, String key, Predicate<String> fits, Instant deadline)
            throws InterruptedException {
        return view.awaitPod(
                        pod,
                        found -> annotation(found, key).filter(fits).isPresent(),
                        Duration.between(Instant.now(), deadline))
                .flatMap(found -> annotation(found, key));
    }

    @Override
    public Optional<String> nodeName() {
        return Optional.of(view.node().name()).filter(name -> !name.isEmpty());
    }

    @Override
    public Map<String, String> nodeLabels() {
        return view.node().labels();
    }

    @Override
    public Map<String, String> nodeAnnotations() {
        return view.node().annotations();
    }

    @Override
    public <S extends Record> CustomObjects<S> objects(CustomKind kind, Class<S> spec) {
        return new BoundObjects<>(kind, spec, view.objects(kind), background);
    }

    @Override
    public void event(Optional<PodRef> pod, String reason, String sentence) {
        view.event(pod, EventType.NORMAL, reason, sentence);
    }

    @Override
    public void condition(String type, boolean status, String reason, String sentence) {
        LOG.log(Level.INFO, "condition {0} is {1} ({2}): {3}", type, status, reason, sentence);
    }
}
