package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Eal;
import io.patchbay.dpdk.Worker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Threads of DPDK that poll, each its share of the work over and over, until they are stopped. If
/// one fails, the ending is asked for, and stopping throws what it threw.
final class Workers {
    private final Eal eal;
    private final Ending ending;
    private final List<Integer> cpus;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    /// As many of the threads as there are CPUs are bound to one each.
    Workers(Eal eal, Ending ending, List<Integer> cpus) {
        this.eal = eal;
        this.ending = ending;
        this.cpus = cpus;
    }

    void start(String name, Runnable step) {
        int number = threads.size();
        threads.add(Thread.ofPlatform().name(name).start(() -> poll(number, step)));
    }

    private void poll(int number, Runnable step) {
        try (Worker worker = eal.worker()) {
            if (number < cpus.size()) {
                worker.pin(cpus.get(number));
            }
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
