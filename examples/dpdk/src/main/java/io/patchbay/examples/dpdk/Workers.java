package io.patchbay.examples.dpdk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Threads that poll, each its share of the work over and over, until they are stopped. If one
/// fails, the ending is asked for, and stopping throws what it threw.
final class Workers {
    private final Ending ending;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    Workers(Ending ending) {
        this.ending = ending;
    }

    void start(String name, Runnable step) {
        threads.add(Thread.ofPlatform().name(name).start(() -> poll(step)));
    }

    private void poll(Runnable step) {
        try {
            while (!stopped) {
                step.run();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            ending.ask();
        }
    }

    /// Lets each finish its step.
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }
}
