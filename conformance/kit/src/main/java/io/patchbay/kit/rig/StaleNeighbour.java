package io.patchbay.kit.rig;

import io.patchbay.kit.snapshot.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Somebody on a network who takes the addresses of pods to come for those of other links, as it is
/// after pods that had them before. It asks nobody, and believes what it is told.
///
/// @param link of the place, to the network
public record StaleNeighbour(Witness place, String link, List<String> addresses) {
    private static final String FORMER = "02:00:00:00:00:99";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public static StaleNeighbour on(Witness place, String link, String... addresses) {
        for (String address : addresses) {
            place.run(
                    "ip", "neigh", "replace", address, "lladdr", FORMER, "dev", link, "nud",
                    "stale");
        }
        return new StaleNeighbour(place, link, List.of(addresses));
    }

    /// Waits until it takes every address for the one of the given MAC address; one that it is not
    /// told of is an IllegalStateException.
    public void awaitTold(Object mac) {
        Instant limit = Instant.now().plus(PATIENCE);
        for (String address : addresses) {
            String known = known(address);
            while (!known.contains("lladdr " + mac)) {
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException(
                            "nobody told %s that %s is at %s: %s"
                                    .formatted(link, address, mac, known));
                }
                known = known(address);
            }
        }
    }

    private String known(String address) {
        return place.run("ip", "neigh", "show", address, "dev", link);
    }
}
