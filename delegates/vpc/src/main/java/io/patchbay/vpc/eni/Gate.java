package io.patchbay.vpc.eni;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When an action may be called next: a bucket of tokens, and a back-off after a call that EC2 has
/// throttled. Back-off is drawn between its least and three times the one before, so that nodes
/// that were throttled together do not come back together (AWS Architecture Blog, "Exponential
/// Backoff And Jitter": decorrelated). Safe from any thread.
final class Gate {
    private static final long LEAST_BACKOFF = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_BACKOFF = Duration.ofSeconds(60).toNanos();
    private static final double JITTER = 0.25;

    private final Pace pace;
    private final RandomGenerator random;
    private double tokens;
    private long filled;
    private long backoff;
    private long closedUntil;

    Gate(Pace pace, RandomGenerator random, long now) {
        this.pace = pace;
        this.random = random;
        this.tokens = pace.burst();
        this.filled = now;
        this.closedUntil = now;
    }

    /// Takes a token, which may be one of the future.
    ///
    /// @return how many nanoseconds the call has to wait
    synchronized long enter(long now) {
        double perNano = pace.perSecond() / Duration.ofSeconds(1).toNanos();
        tokens = Math.min(pace.burst(), tokens + (now - filled) * perNano);
        filled = now;
        tokens -= 1;
        double missing = tokens < 0 ? -tokens / perNano : 0;
        long paced = (long) (missing * (1 + JITTER * random.nextDouble()));
        return Math.max(paced, closedUntil - now);
    }

    synchronized void throttled(long now) {
        long most = Math.max(LEAST_BACKOFF + 1, Math.min(LONGEST_BACKOFF, backoff * 3));
        backoff = random.nextLong(LEAST_BACKOFF, most);
        closedUntil = now + backoff;
    }

    synchronized void passed() {
        backoff = 0;
    }

    synchronized boolean isClosed(long now) {
        return closedUntil - now > 0;
    }
}
