package io.patchbay.vpc.modes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Probes between ends, and what came of them otherwise than the security groups say.
final class Trial {
    private static final Duration FIRST = Duration.ofMillis(30);
    private static final int TRIES = 9;

    /// What is lost takes many seconds to be given up.
    private static final int ENOUGH = 5;

    private final Landscape landscape;
    private final List<String> surprises = new ArrayList<>();
    private int arrived;
    private int dropped;

    private long known;

    Trial(Landscape landscape) {
        this.landscape = landscape;
        this.known = landscape.vpc().dropped().groups();
    }

    /// By every probe; nothing where the ends are of different families.
    void run(End from, End to) {
        if (from.family() == to.family() && surprises.size() < ENOUGH) {
            for (Probe probe : Probe.values()) {
                // Its answer comes the same way back.
                if (probe == Probe.PING && from.owner().compareTo(to.owner()) > 0) {
                    continue;
                }
                String wanted = from.reaches(to, probe) ? "arrives" : "is dropped by the groups";
                String seen = seen(from, to, probe);
                if (!seen.equals(wanted)) {
                    surprises.add("%s > %s, %s: %s".formatted(from, to, probe, seen));
                }
            }
        }
    }

    private String seen(End from, End to, Probe probe) {
        Host host = landscape.host(from.owner());
        for (int i = 0; i < TRIES; i++) {
            if (host.reaches(from.address(), to.address(), probe, FIRST.multipliedBy(1L << i))) {
                arrived++;
                return "arrives";
            }
            long before = known;
            known = landscape.vpc().dropped().groups();
            if (known > before) {
                dropped++;
                return "is dropped by the groups";
            }
        }
        return "is lost, dropped: " + landscape.vpc().dropped();
    }

    List<String> surprises() {
        return surprises;
    }

    int arrived() {
        return arrived;
    }

    int dropped() {
        return dropped;
    }
}
