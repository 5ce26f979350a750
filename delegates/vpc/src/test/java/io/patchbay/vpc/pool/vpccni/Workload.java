package io.patchbay.vpc.pool.vpccni;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Pods that come and go.
record Workload(List<Pod> pods) {
    /// @param arrives after the start
    record Pod(String name, Duration arrives, Duration lives) {}

    /// At a steady rate, living 10 to 50 seconds.
    static Workload of(int pods, int perSecond, long seed) {
        Random random = new Random(seed);
        List<Pod> all = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            all.add(
                    new Pod(
                            "pod" + i,
                            Duration.ofMillis(1000L * i / perSecond),
                            Duration.ofMillis(10_000 + random.nextInt(40_000))));
        }
        return new Workload(all);
    }
}
