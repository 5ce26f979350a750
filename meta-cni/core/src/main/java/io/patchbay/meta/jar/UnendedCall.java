package io.patchbay.meta.jar;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A call into a third party's jar that went on when its time was over, though it was interrupted.
/// It is the cause of the refusal that its caller got.
public final class UnendedCall extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<?> end;

    UnendedCall(String sentence, CompletableFuture<?> end) {
        super(sentence);
        this.end = end;
    }

    /// All that a failure came of, be it as cause or suppressed.
    public static List<UnendedCall> in(Throwable failure) {
        List<UnendedCall> found = new ArrayList<>();
        collect(failure, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private static void collect(
            Throwable failure, List<UnendedCall> found, Set<Throwable> visited) {
        if (!visited.add(failure)) {
            return;
        }
        if (failure instanceof UnendedCall call) {
            found.add(call);
        }
        if (failure.getCause() != null) {
            collect(failure.getCause(), found, visited);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, found, visited);
        }
    }

    /// Runs something once all of some calls have ended, on the thread of the last; at once where
    /// they have.
    public static void whenEnded(List<UnendedCall> calls, Runnable action) {
        CompletableFuture<?>[] ends =
                calls.stream().map(call -> call.end).toArray(CompletableFuture[]::new);
        var _ = CompletableFuture.allOf(ends).whenComplete((_, _) -> action.run());
    }
}
