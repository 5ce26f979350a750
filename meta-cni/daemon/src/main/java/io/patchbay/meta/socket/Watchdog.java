package io.patchbay.meta.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Interrupts threads that are still at work at their deadline; never before it, so that who is
/// interrupted finds the deadline passed.
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("patchbay-watchdog").factory());

    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.MINUTES);
        timer.allowCoreThreadTimeOut(true);
    }

    /// Watches the calling thread until the guard is closed.
    Guard guard(Instant deadline) {
        Guard guard = new Guard(Thread.currentThread(), deadline);
        guard.arm();
        return guard;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// The watch over one piece of work, closed by the thread that does it.
    final class Guard implements AutoCloseable {
        private final Thread watched;
        private final Instant deadline;
        private Runnable disarm = () -> {};
        private boolean over;
        private boolean fired;

        private Guard(Thread watched, Instant deadline) {
            this.watched = watched;
            this.deadline = deadline;
        }

        private synchronized void arm() {
            long left = Duration.between(Instant.now(), deadline).toNanos();
            var alarm = timer.schedule(this::fire, Math.max(left, 0), TimeUnit.NANOSECONDS);
            disarm = () -> alarm.cancel(false);
        }

        private synchronized void fire() {
            if (over) {
                return;
            }
            // The timer's clock is the monotonic one, which may run ahead of the wall's.
            if (Instant.now().isBefore(deadline)) {
                arm();
                return;
            }
            fired = true;
            watched.interrupt();
        }

        /// Ends the watch. The thread's interrupt is cleared, for it was meant for this work only
        /// and would close the next socket that the thread touches.
        @Override
        public synchronized void close() {
            over = true;
            disarm.run();
            if (fired) {
                boolean _ = Thread.interrupted();
            }
        }
    }
}
