package io.patchbay.meta.attach;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What one call works with: the node's namespace and the pod's, each on handles of the call's own,
/// and the time it has.
///
/// @param pod empty when the namespace is gone
record Handles(Netns host, Optional<Netns> pod, Instant deadline, InstantSource clock) {
    Netns livingPod() {
        return pod.orElseThrow(() -> new IllegalStateException("no namespace was opened"));
    }

    /// Ends a call whose time is over, or that nobody waits for, before it starts another effect.
    void refuseLate(PlannedAttachment next) {
        if (isLate() || Thread.currentThread().isInterrupted()) {
            throw CniException.tryAgain(
                    "%s before %s (%s)"
                            .formatted(
                                    isLate() ? "the deadline passed" : "the call was ended",
                                    next.id().ifName(),
                                    next.title()));
        }
    }

    CniException failure(PlannedAttachment attachment, String type, RuntimeException failure) {
        return Failures.of(attachment, type, failure, isLate());
    }

    private boolean isLate() {
        return !clock.instant().isBefore(deadline);
    }
}
