package io.patchbay.vpc.modes;

import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/// What a node has of pods that it does not have any more. What it has of interfaces comes and goes
/// by itself.
final class Remains {
    /// Links, routes and addresses of interfaces, their rules, and the sets of their blocks.
    private static final List<String> OF_INTERFACES =
            List.of(
                    "\"ifname\":\"eth",
                    "\"dev\":\"eth",
                    "\"priority\":32765",
                    "\"table\":\"patchbay-vpc\",\"name\":\"pods\"",
                    "\"name\":\"pods\",\"table\":\"patchbay-vpc\"");

    private Remains() {}

    static Stream<String> between(Snapshot before, Snapshot after) {
        return after.since(before).stream()
                .filter(line -> line.startsWith("node "))
                .filter(line -> OF_INTERFACES.stream().noneMatch(line::contains));
    }
}
