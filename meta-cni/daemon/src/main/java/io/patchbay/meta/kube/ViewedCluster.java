package io.patchbay.meta.kube;

import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.PodRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;

/// The cluster as delegates see it, over a view that has no conditions: they go to the log.
public final class ViewedCluster implements Cluster {
    private static final Logger LOG = System.getLogger(ViewedCluster.class.getName());

    private final ClusterView view;

    public ViewedCluster(ClusterView view) {
        this.view = view;
    }

    @Override
    public Optional<String> annotation(PodRef pod, String key) {
        return find(pod).flatMap(found -> Optional.ofNullable(found.annotations().get(key)));
    }

    @Override
    public Map<String, String> podLabels(PodRef pod) {
        return find(pod).map(Pod::labels).orElse(Map.of());
    }

    private Optional<Pod> find(PodRef pod) {
        return view.findPod(pod);
    }

    @Override
    public Map<String, String> nodeLabels() {
        return view.nodeLabels();
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
