package io.patchbay.cloud.control;

import java.time.Duration;
import java.time.Instant;

/// What is in a bucket.
final class Tokens {
    private final Bucket bucket;
    private double left;
    private Instant at;

    Tokens(Bucket bucket, Instant now) {
        this.bucket = bucket;
        this.left = bucket.capacity();
        this.at = now;
    }

    /// Takes one, if there is one.
    boolean take(Instant now) {
        double seconds = Duration.between(at, now).toNanos() / 1e9;
        left = Math.min(bucket.capacity(), left + Math.max(0, seconds) * bucket.perSecond());
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
