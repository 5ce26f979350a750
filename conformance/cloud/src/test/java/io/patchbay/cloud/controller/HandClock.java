package io.patchbay.cloud.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time, moved on by a test.
final class HandClock implements InstantSource {
    private Instant now = Instant.parse("2026-11-29T00:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void move(Duration by) {
        now = now.plus(by);
    }

    synchronized void moveTo(Instant then) {
        now = then.isAfter(now) ? then : now;
    }
}
