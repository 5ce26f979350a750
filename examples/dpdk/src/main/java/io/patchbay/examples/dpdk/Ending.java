package io.patchbay.examples.dpdk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether the process is to end: by Ctrl-C, by SIGTERM, or since something failed. It ends once
/// its ports are stopped and its counters printed, with a status of its own choice.
final class Ending {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status;

    static Ending onSignal() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::finish, "ending"));
        return ending;
    }

    private void finish() {
        ask();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The JVM would say 143 of a SIGTERM, however clean the end.
        Runtime.getRuntime().halt(status);
    }

    void ask() {
        asked.countDown();
    }

    /// Whether it was asked for within so long.
    boolean await(Duration most) throws InterruptedException {
        return asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Ends the process: the last call of its main thread.
    void end(int with) {
        status = with;
        finished.countDown();
        System.exit(with);
    }
}
