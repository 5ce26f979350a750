package io.patchbay.meta.attach;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What went wrong in a call that goes on after a failure. The first gives its code and its words,
/// the others are counted, told as details, and suppressed.
public final class Failures {
    private final List<RuntimeException> failures = new ArrayList<>();

    /// Runs a step and keeps what it throws.
    public void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    /// Takes over what another went through.
    public void addAll(Failures others) {
        failures.addAll(others.failures);
    }

    public boolean none() {
        return failures.isEmpty();
    }

    /// What is to be thrown.
    public Optional<RuntimeException> thrown() {
        return failures.size() < 2 ? failures.stream().findFirst() : Optional.of(all());
    }

    private CniException all() {
        RuntimeException first = failures.getFirst();
        List<RuntimeException> others = failures.subList(1, failures.size());
        CniException all =
                new CniException(
                        first instanceof CniException refusal ? refusal.code() : Standard.INTERNAL,
                        "%s; %d more failed".formatted(first.getMessage(), others.size()),
                        Stream.concat(details(first).stream(), others.stream().map(Failures::whole))
                                .collect(Collectors.joining("; ")));
        all.initCause(first);
        others.forEach(all::addSuppressed);
        return all;
    }

    private static Optional<String> details(RuntimeException failure) {
        return failure instanceof CniException refusal && !refusal.details().isEmpty()
                ? Optional.of(refusal.details())
                : Optional.empty();
    }

    private static String whole(RuntimeException failure) {
        return failure.getMessage() + details(failure).map(" (%s)"::formatted).orElse("");
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
