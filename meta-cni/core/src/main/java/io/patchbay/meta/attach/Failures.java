package io.patchbay.meta.attach;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What went wrong in a call that goes on after a failure. The first is thrown, the others are
/// suppressed onto it.
final class Failures {
    private final List<RuntimeException> failures = new ArrayList<>();

    /// Runs a step and keeps what it throws.
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    boolean none() {
        return failures.isEmpty();
    }

    Optional<RuntimeException> first() {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        RuntimeException first = failures.getFirst();
        failures.stream().skip(1).forEach(first::addSuppressed);
        return Optional.of(first);
    }

    /// Gives a delegate's failure its code and its place. A refusal keeps its code; a failure after
    /// the deadline is code 11, whatever the interruption made of it; anything else is a bug.
    static CniException of(
            PlannedAttachment attachment, String type, RuntimeException failure, boolean late) {
        if (late) {
            return new CniException(
                    Standard.TRY_AGAIN_LATER,
                    "%s did not end before the deadline".formatted(place(attachment, type)),
                    failure);
        }
        if (failure instanceof CniException refusal) {
            CniException placed =
                    new CniException(
                            refusal.code(),
                            place(attachment, type) + ": " + refusal.getMessage(),
                            refusal.details());
            placed.initCause(refusal);
            return placed;
        }
        return new CniException(
                Standard.INTERNAL, place(attachment, type) + " failed unexpectedly", failure);
    }

    private static String place(PlannedAttachment attachment, String type) {
        return "%s (%s, %s)".formatted(attachment.id().ifName(), attachment.title(), type);
    }
}
