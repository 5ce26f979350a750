package io.patchbay.cloud.imds;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The tokens that were given out, and how long each is good for.
final class Tokens {
    private static final int LONGEST_TTL = 21600;

    private final InstantSource clock;
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    Tokens(InstantSource clock) {
        this.clock = clock;
    }

    /// A new one; empty where its time to live is not 1 to 21600 seconds.
    Optional<String> give(@Nullable String ttl) {
        if (ttl == null || !ttl.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int seconds = Integer.parseInt(ttl);
        if (seconds < 1 || seconds > LONGEST_TTL) {
            return Optional.empty();
        }
        String token = UUID.randomUUID().toString();
        ends.put(token, clock.instant().plus(Duration.ofSeconds(seconds)));
        return Optional.of(token);
    }

    boolean isGood(@Nullable String token) {
        Instant end = token == null ? null : ends.get(token);
        return end != null && clock.instant().isBefore(end);
    }

    void forget() {
        ends.clear();
    }
}
