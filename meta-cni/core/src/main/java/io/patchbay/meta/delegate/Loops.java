package io.patchbay.meta.delegate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The background threads of one delegate.
final class Loops implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Loops.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String owner;
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    Loops(String owner) {
        this.owner = owner;
    }

    synchronized void run(String name, Runnable loop) {
        if (closed) {
            throw new IllegalStateException(owner + " is closed: it can run no \"" + name + "\"");
        }
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(
                Thread.ofPlatform()
                        .daemon()
                        .name(owner + "/" + name)
                        .uncaughtExceptionHandler(Loops::log)
                        .start(loop));
    }

    private static void log(Thread thread, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "background loop " + thread.getName() + " ended by a failure",
                failure);
    }

    /// Interrupts every loop and waits for their ends. One that does not mind is logged and left.
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(threads);
        }
        running.forEach(Thread::interrupt);
        try {
            for (Thread thread : running) {
                if (!thread.join(PATIENCE)) {
                    LOG.log(Level.WARNING, "background loop {0} does not end", thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
