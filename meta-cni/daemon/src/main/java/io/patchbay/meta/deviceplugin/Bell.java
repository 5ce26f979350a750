package io.patchbay.meta.deviceplugin;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes who waits for changes. What comes within a moment is one change.
final class Bell {
    private static final Duration QUIET = Duration.ofMillis(100);

    private final Semaphore rung = new Semaphore(0);

    void ring() {
        rung.release();
    }

    /// Returns once it was rung since this returned last, or the time has passed.
    void await(Duration atMost) throws InterruptedException {
        if (rung.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread.sleep(QUIET);
            rung.drainPermits();
        }
    }
}
