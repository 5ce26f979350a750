package io.patchbay.suite.plugin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// How long a call may take. A plugin that was overdue three times is given a second from then on,
/// so that one that always hangs is certified within minutes.
public final class Patience {
    private static final int TRIES = 3;
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Duration limit;
    private final AtomicInteger overdue = new AtomicInteger();

    public Patience(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return overdue.get() < TRIES || limit.compareTo(SHORT) < 0 ? limit : SHORT;
    }

    void lose() {
        overdue.incrementAndGet();
    }
}
