package io.patchbay.meta.jar;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call into a third party's jar, on a thread that can be left alone with it.
final class Call<T> implements Runnable {
    /// What a call gets to end once it was interrupted. Less than a reply needs on its way.
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Supplier<T> action;
    private final CompletableFuture<T> end = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean unwanted;

    Call(Supplier<T> action) {
        this.action = action;
    }

    @Override
    public void run() {
        enter();
        try {
            T result = action.get();
            leave();
            end.complete(result);
        } catch (Throwable e) { // Whatever it is, it goes to the caller and ends nobody's thread.
            leave();
            end.completeExceptionally(e);
        }
    }

    private synchronized void enter() {
        thread = Thread.currentThread();
        if (unwanted) {
            thread.interrupt();
        }
    }

    /// No interrupt comes after this.
    private synchronized void leave() {
        thread = null;
        boolean _ = Thread.interrupted();
    }

    private synchronized void interrupt() {
        unwanted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    CompletableFuture<T> end() {
        return end;
    }

    /// Whether it was interrupted, so that what it threw says little.
    synchronized boolean isUnwanted() {
        return unwanted;
    }

    /// Waits for the end, and interrupts the call when the time is over or the caller is
    /// interrupted, who stays so.
    ///
    /// @throws TimeoutException where it goes on after that
    T await(Duration limit) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        long last = after(limit);
        try {
            while (true) {
                try {
                    return end.get(last - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (isUnwanted()) {
                        throw e;
                    }
                }
                if (!isUnwanted()) {
                    interrupt();
                    last = after(GRACE);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long after(Duration limit) {
        return System.nanoTime() + Math.max(limit.toNanos(), 0);
    }
}
