package io.patchbay.meta.run;

import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.kube.ClusterView;
import io.patchbay.meta.kube.NetworkStatus;
import io.patchbay.meta.kube.NetworkStatusJson;
import io.patchbay.spi.pod.PodRef;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps each pod's network-status as its attachments are. The attachments count, not what is told
/// of them: a status that cannot be written is a warning.
record Statuses(ClusterView view, SandboxJournal journal) {
    private static final Logger LOG = System.getLogger(Statuses.class.getName());

    void publish(PodRef pod, List<AttachedNetwork> networks) {
        if (!pod.name().isEmpty()) {
            attempt(() ->
                    view.publishStatus(pod, NetworkStatusJson.encode(NetworkStatus.of(networks))));
        }
    }

    /// Takes back what was told of sandboxes that are gone by now, unless their pods have another
    /// one.
    void withdrawGone(List<Sandbox> before) {
        Set<String> alive =
                journal.all().stream()
                        .map(sandbox -> sandbox.plan().pod().toString())
                        .collect(Collectors.toSet());
        before.stream()
                .map(sandbox -> sandbox.plan().pod())
                .filter(pod -> !pod.name().isEmpty() && !alive.contains(pod.toString()))
                .distinct()
                .forEach(pod -> attempt(() -> view.withdrawStatus(pod)));
    }

    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "{0}: {1}", e.getMessage(), e.getCause());
        }
    }
}
