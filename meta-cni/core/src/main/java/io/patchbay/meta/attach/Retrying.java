package io.patchbay.meta.attach;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// Finishes in the background what an undo could not: each sandbox is tried again at growing
/// intervals, until it is done or another call has done it. Why it is not done is logged once for
/// each change of the reason.
public final class Retrying implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Retrying.class.getName());
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Backoff backoff;
    private final Function<String, Optional<Sandbox>> unfinished;
    private final Consumer<String> finish;
    private final Consumer<Sandbox> finished;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().daemon().name("patchbay-retry").factory(),
                    new DiscardPolicy());
    private final Map<String, Attempt> next = new HashMap<>();

    /// What is to come for a sandbox.
    ///
    /// @param reason why the last attempt failed
    private record Attempt(Duration pause, String reason) {}

    Retrying(
            Backoff backoff,
            Function<String, Optional<Sandbox>> unfinished,
            Consumer<String> finish,
            Consumer<Sandbox> finished) {
        this.backoff = backoff;
        this.unfinished = unfinished;
        this.finish = finish;
        this.finished = finished;
    }

    /// Tries a sandbox again, unless that is to come already.
    synchronized void later(String containerId) {
        if (!next.containsKey(containerId)) {
            schedule(containerId, new Attempt(backoff.first(), ""));
        }
    }

    private synchronized void schedule(String containerId, Attempt attempt) {
        next.put(containerId, attempt);
        var _ =
                timer.schedule(
                        () -> run(containerId, attempt),
                        attempt.pause().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void run(String containerId, Attempt attempt) {
        Optional<Sandbox> sandbox = unfinished.apply(containerId);
        try {
            if (sandbox.isPresent()) {
                finish.accept(containerId);
                LOG.log(Level.INFO, "container {0} is undone at last", containerId);
                finished.accept(sandbox.get());
            }
        } catch (RuntimeException e) {
            schedule(containerId, failed(containerId, attempt, e));
            return;
        }
        synchronized (this) {
            next.remove(containerId);
            // It may have got unfinished anew, as long as it was still in the list.
            if (unfinished.apply(containerId).isPresent()) {
                later(containerId);
            }
        }
    }

    private Attempt failed(String containerId, Attempt attempt, RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!reason.equals(attempt.reason()) && !timer.isShutdown()) {
            LOG.log(
                    Level.WARNING,
                    "container {0} cannot be undone yet, and is tried again: {1}",
                    containerId,
                    reason);
        }
        return new Attempt(backoff.after(attempt.pause()), reason);
    }

    /// Ends the attempts; one in progress is interrupted, for the journal keeps it.
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "an undo cannot be interrupted: it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
