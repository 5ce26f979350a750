package io.patchbay.cloud.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time, moved on by a test. It starts now, for the SDK signs by the machine's.
final class Clock implements InstantSource {
    private final Instant start = Instant.now();
    private volatile Duration moved = Duration.ZERO;

    @Override
    public Instant instant() {
        return start.plus(moved);
    }

    void move(Duration by) {
        moved = moved.plus(by);
    }
}
