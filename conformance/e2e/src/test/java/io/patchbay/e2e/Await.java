package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for something that another process brings about and does not tell.
public final class Await {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long PAUSE = 10_000_000;

    private Await() {}

    public static void until(String what, BooleanSupplier happened) {
        until(what, LIMIT, happened);
    }

    public static void until(String what, Duration limit, BooleanSupplier happened) {
        none(what, limit, () -> happened.getAsBoolean() ? List.of() : List.of("not yet"));
    }

    /// Waits until nothing is there any more; what is there in the end is told.
    public static void none(String what, Supplier<List<String>> left) {
        none("no " + what, LIMIT, left);
    }

    private static void none(String what, Duration limit, Supplier<List<String>> left) {
        long end = System.nanoTime() + limit.toNanos();
        for (List<String> now = left.get(); !now.isEmpty(); now = left.get()) {
            assertThat(System.nanoTime()).as("%s within %s: %s", what, limit, now).isLessThan(end);
            LockSupport.parkNanos(PAUSE);
        }
    }
}
