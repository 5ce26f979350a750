package io.patchbay.meta.kube;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before the next try: twice as long each time, and never as long as on another
/// node, so that not all of them come back at once. For one thread.
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    void reset() {
        next = first;
    }

    /// Half of it is certain, half is chance.
    Duration next() {
        Duration now = next;
        Duration twice = now.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        long half = now.toNanos() / 2;
        return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    void pause() throws InterruptedException {
        pause(Duration.ZERO);
    }

    /// @param least what somebody else asks for
    void pause(Duration least) throws InterruptedException {
        Duration own = next();
        Thread.sleep(own.compareTo(least) > 0 ? own : least);
    }
}
