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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps each pod's network-status as its attachments are. The attachments count, not what is told
/// of them: a status that cannot be written is a warning.
record Statuses(ClusterView view, SandboxJournal journal) {
    private static final Logger LOG = System.getLogger(Statuses.class.getName());

    void publish(PodRef pod, List<AttachedNetwork> networks) {
        if (!pod.name().isEmpty()) {
            attempt(() -> view.publishStatus(pod, text(networks)));
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

    /// Has each pod that an earlier process attached told of it, unless it was. To be called before
    /// anything else happens to them.
    void restore() {
        List<PodRef> pods =
                journal.all().stream()
                        .map(sandbox -> sandbox.plan().pod())
                        .filter(pod -> !pod.name().isEmpty())
                        .distinct()
                        .toList();
        attempt(() -> view.restoreStatuses(pods, this::of));
    }

    /// As its attachments are now. Where a pod has two sandboxes for a moment, its runtime is about
    /// to end one, and which is not known here.
    private Optional<String> of(PodRef pod) {
        List<List<AttachedNetwork>> whole =
                journal.all().stream()
                        .filter(sandbox -> sandbox.plan().pod().equals(pod))
                        .map(Sandbox::networks)
                        .filter(networks -> !networks.isEmpty())
                        .toList();
        return whole.size() == 1 ? Optional.of(text(whole.getFirst())) : Optional.empty();
    }

    private static String text(List<AttachedNetwork> networks) {
        return NetworkStatusJson.encode(NetworkStatus.of(networks));
    }

    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "{0}: {1}", e.getMessage(), e.getCause());
        }
    }
}
