package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.pool.Pool.State;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/// Why there is no free address, as a sentence.
final class Scarcity {
    private Scarcity() {}

    static String of(Pool pool, Instant now) {
        if (pool.enis().isEmpty()) {
            return "no address is free: no network interface is known yet";
        }
        String counts =
                pool.enis().stream()
                        .map(eni -> counts(pool, eni, now))
                        .collect(Collectors.joining("; "));
        return "no address is free: " + counts + next(pool, now);
    }

    private static String counts(Pool pool, Eni eni, Instant now) {
        long foreign = pool.count(eni, State.FOREIGN, now);
        long returning = pool.count(eni, State.RETURNING, now);
        return "%s (device %d) has %d assigned and %d cooling%s%s of %d"
                .formatted(
                        eni.id(),
                        eni.device(),
                        pool.count(eni, State.ASSIGNED, now),
                        pool.count(eni, State.COOLING, now),
                        foreign == 0 ? "" : " and %d of another plugin's pods".formatted(foreign),
                        returning == 0 ? "" : " and %d on their way back".formatted(returning),
                        Tally.of(pool, now).size(eni));
    }

    private static String next(Pool pool, Instant now) {
        return pool.next(now)
                .map(holding ->
                        "; the next is free in %d s".formatted(secondsUntil(holding.end(), now)))
                .orElse("");
    }

    private static long secondsUntil(Instant end, Instant now) {
        return Duration.between(now, end).plusMillis(999).toSeconds();
    }
}
