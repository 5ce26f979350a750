package io.patchbay.meta.socket;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another thread brings about, up to a generous limit.
public final class Await {
    private static final long LIMIT = 60_000_000_000L;

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about that " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
