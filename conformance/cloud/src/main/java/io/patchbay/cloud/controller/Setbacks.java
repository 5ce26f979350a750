package io.patchbay.cloud.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What failed, and when it may be tried again: after a second, then twice as long each time. For
/// one thread.
final class Setbacks {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Map<String, Setback> all = new HashMap<>();

    private record Setback(Instant until, Duration rest) {}

    boolean rests(String what, Instant now) {
        Setback last = all.get(what);
        return last != null && now.isBefore(last.until());
    }

    void fail(String what, Instant now) {
        all.compute(
                what,
                (_, last) -> {
                    Duration rest = last == null ? FIRST : last.rest().multipliedBy(2);
                    Duration bounded = rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
                    return new Setback(now.plus(bounded), bounded);
                });
    }

    void succeed(String what) {
        all.remove(what);
    }

    /// When the next of them may be tried again. What nobody has tried for long is forgotten.
    Optional<Instant> next(Instant now) {
        all.values().removeIf(setback -> now.isAfter(setback.until().plus(LONGEST).plus(LONGEST)));
        return all.values().stream()
                .map(Setback::until)
                .filter(until -> until.isAfter(now))
                .min(Instant::compareTo);
    }
}
