package io.patchbay.meta.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Interrupts threads that are still at work at their deadline, or when nobody wants their work any
/// more; never else, so that who is interrupted finds it so.
final class Watchdog implements AutoCloseable {
    /// How often it is asked whether the work is still wanted. Most of it is done before that.
    private static final Duration LOOK = Duration.ofMillis(100);

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
        return armed(new Guard(Thread.currentThread(), deadline, Duration.ofDays(1), () -> false));
    }

    /// @param unwanted asked now and then on another thread, never after the guard is closed
    Guard guard(Instant deadline, BooleanSupplier unwanted) {
        return armed(new Guard(Thread.currentThread(), deadline, LOOK, unwanted));
    }

    private static Guard armed(Guard guard) {
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
        private final Duration look;
        private final BooleanSupplier unwanted;
        private Runnable disarm = () -> {};
        private boolean over;
        private boolean fired;

        private Guard(Thread watched, Instant deadline, Duration look, BooleanSupplier unwanted) {
            this.watched = watched;
            this.deadline = deadline;
            this.look = look;
            this.unwanted = unwanted;
        }

        private synchronized void arm() {
            Duration left = Duration.between(Instant.now(), deadline);
            long wait = (left.compareTo(look) < 0 ? left : look).toNanos();
            var alarm = timer.schedule(this::fire, Math.max(wait, 0), TimeUnit.NANOSECONDS);
            disarm = () -> alarm.cancel(false);
        }

        private synchronized void fire() {
            if (over) {
                return;
            }
            // The timer's clock is the monotonic one, which may run ahead of the wall's.
            if (Instant.now().isBefore(deadline)) {
                arm();
                if (!unwanted.getAsBoolean()) {
                    return;
                }
                disarm.run();
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
