package io.patchbay.meta.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Interrupts threads that are still at work at their deadline.
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("patchbay-watchdog").factory());

    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /// Watches the calling thread until the guard is closed.
    Guard guard(Instant deadline) {
        Watch watch = new Watch(Thread.currentThread());
        long left = Duration.between(Instant.now(), deadline).toMillis();
        Future<?> alarm = timer.schedule(watch::fire, Math.max(left, 0), TimeUnit.MILLISECONDS);
        return new Guard(watch, alarm);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// The watch over one piece of work.
    private static final class Watch {
        private final Thread watched;
        private boolean over;
        private boolean fired;

        Watch(Thread watched) {
            this.watched = watched;
        }

        synchronized void fire() {
            if (!over) {
                fired = true;
                watched.interrupt();
            }
        }

        synchronized boolean end() {
            over = true;
            return fired;
        }
    }

    /// To be closed by the watched thread when its work is done.
    record Guard(Watch watch, Future<?> alarm) implements AutoCloseable {
        /// Ends the watch. The thread's interrupt is cleared, for it was meant for this work only
        /// and would close the next socket that the thread touches.
        @Override
        public void close() {
            alarm.cancel(false);
            if (watch.end()) {
                boolean _ = Thread.interrupted();
            }
        }
    }
}
