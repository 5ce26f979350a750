package io.patchbay.meta.delegate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells that something has changed, and not what: whoever hears it looks again. Safe from any
/// thread.
public final class Changes {
    private static final Logger LOG = System.getLogger(Changes.class.getName());

    /// More would not count in nanoseconds.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private long count;

    public synchronized void tell() {
        count++;
        notifyAll();
    }

    private synchronized long count() {
        return count;
    }

    /// Looks until something is there, each time after a change and on this thread; empty when the
    /// time has passed.
    public <T> Optional<T> await(Supplier<Optional<T>> look, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + nanos(atMost);
        while (true) {
            long seen = count();
            Optional<T> found = look.get();
            if (found.isPresent() || !awaitAfter(seen, end)) {
                return found;
            }
        }
    }

    private static long nanos(Duration atMost) {
        if (atMost.isNegative()) {
            return 0;
        }
        return (atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST).toNanos();
    }

    private synchronized boolean awaitAfter(long seen, long end) throws InterruptedException {
        for (long left = end - System.nanoTime();
                left > 0 && count == seen;
                left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return count != seen;
    }

    /// What calls something after each change from now on, until its thread is interrupted.
    Runnable follower(Runnable action) {
        long now = count();
        return () -> follow(now, action);
    }

    private void follow(long since, Runnable action) {
        try {
            for (long seen = since; true; action(action)) {
                seen = next(seen);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "changes are followed no longer");
        }
    }

    private synchronized long next(long seen) throws InterruptedException {
        while (count == seen) {
            wait();
        }
        return count;
    }

    private static void action(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            // One change that is taken badly must not keep back the next.
            LOG.log(Level.ERROR, "a bug of who follows changes", e);
        }
    }
}
