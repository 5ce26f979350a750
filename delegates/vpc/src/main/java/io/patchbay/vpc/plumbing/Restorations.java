package io.patchbay.vpc.plumbing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was restored of late, so that a log tells of each thing once or a few times, and of one
/// that somebody takes away again and again that this is so: such as a network manager that thinks
/// the link its own. For one thread.
final class Restorations {
    /// What has stayed for so long is settled.
    static final Duration SETTLED = Duration.ofMinutes(1);

    /// So many times is a fight.
    static final int FIGHT = 5;

    private record Series(int count, Duration last) {
        boolean isSettled(Duration now) {
            return now.minus(last).compareTo(SETTLED) > 0;
        }
    }

    private final Map<String, Series> series = new HashMap<>();

    /// What is to be told of things that have just been restored.
    ///
    /// @param now by any clock that only goes forward
    List<String> told(List<String> restored, Duration now) {
        series.values().removeIf(one -> one.isSettled(now));
        List<String> fresh = new ArrayList<>();
        List<String> fought = new ArrayList<>();
        for (String thing : restored) {
            int count = series.merge(thing, new Series(1, now), Restorations::sum).count();
            if (count < FIGHT) {
                fresh.add(thing);
            } else if (count == FIGHT) {
                fought.add(thing);
            }
        }
        List<String> told = new ArrayList<>();
        if (!fresh.isEmpty()) {
            told.add("restored: " + String.join("; ", fresh));
        }
        if (!fought.isEmpty()) {
            told.add(
                    "restored for the %dth time, and taken away each time: %s. Something else manages this node's network, such as NetworkManager or systemd-networkd: have it leave this alone. It is restored as before, and told again once it has stayed for %d s"
                            .formatted(FIGHT, String.join("; ", fought), SETTLED.toSeconds()));
        }
        return told;
    }

    private static Series sum(Series before, Series now) {
        return new Series(before.count() + 1, now.last());
    }
}
