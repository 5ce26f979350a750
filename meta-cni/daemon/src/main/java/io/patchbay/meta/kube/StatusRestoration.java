package io.patchbay.meta.kube;

import io.patchbay.spi.pod.PodRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Looks, once after a start and as soon as the pods of the node are known, whether each pod that
/// an earlier process attached was told so, and has it told where it was not. What is right already
/// costs no call.
final class StatusRestoration implements AutoCloseable {
    private static final Logger LOG = System.getLogger(StatusRestoration.class.getName());

    private final Mirror<Pod> pods;
    private final StatusPatches statuses;
    private final Deque<Loop> loops = new ArrayDeque<>();

    StatusRestoration(Mirror<Pod> pods, StatusPatches statuses) {
        this.pods = pods;
        this.statuses = statuses;
    }

    /// @param status what a pod has at the moment it is asked
    synchronized void start(List<PodRef> attached, Function<PodRef, Optional<String>> status) {
        Loop loop = new Loop("patchbay-restoration", () -> restore(attached, status));
        loops.add(loop);
        loop.start();
    }

    private void restore(List<PodRef> attached, Function<PodRef, Optional<String>> status) {
        try {
            pods.awaitComplete();
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "network-statuses are not looked over any more");
            return;
        }
        List<PodRef> untold =
                attached.stream()
                        .filter(pod ->
                                status.apply(pod)
                                        .filter(now -> isToldOtherwise(pod, now))
                                        .isPresent())
                        .toList();
        untold.forEach(pod -> statuses.renew(pod, () -> status.apply(pod)));
        LOG.log(
                Level.INFO,
                "of {0} attached pods {1} have no right network-status, and are told",
                attached.size(),
                untold.size());
    }

    /// A pod that is gone, or another of its name, is not.
    private boolean isToldOtherwise(PodRef pod, String status) {
        return pods.find(pod.toString())
                .filter(known -> known.is(pod))
                .filter(known -> !status.equals(known.annotations().get(NetworkStatus.KEY)))
                .isPresent();
    }

    @Override
    public synchronized void close() {
        loops.forEach(Loop::close);
    }
}
