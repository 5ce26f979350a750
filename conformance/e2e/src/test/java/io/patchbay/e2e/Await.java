package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that another process brings about and does not tell.
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE = 10_000_000;

    private Await() {}

    public static void until(String what, BooleanSupplier happened) {
        until(what, LIMIT, happened);
    }

    public static void until(String what, Duration limit, BooleanSupplier happened) {
        long end = System.nanoTime() + limit.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within %s", what, limit).isLessThan(end);
            LockSupport.parkNanos(PAUSE);
        }
    }
}
