package io.patchbay.vpc.pool.vpccni;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a run came to.
final class Outcome {
    private final String who;
    private final List<Duration> waits = new ArrayList<>();
    private final Calls ec2;
    private int refusals;

    Outcome(String who, Calls ec2) {
        this.who = who;
        this.ec2 = ec2;
    }

    void served(Duration wait) {
        waits.add(wait);
    }

    void refused() {
        refusals++;
    }

    int pods() {
        return waits.size();
    }

    int refusals() {
        return refusals;
    }

    double callsPerPod() {
        return (double) ec2.total() / waits.size();
    }

    Duration wait(int percent) {
        List<Duration> sorted = waits.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) * percent / 100);
    }

    static String heading() {
        return "%-34s %6s %6s %10s %8s %8s %8s %8s"
                .formatted(
                        "2000 pods at 10/s",
                        "pods",
                        "calls",
                        "calls/pod",
                        "refused",
                        "wait p50",
                        "p99",
                        "longest");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-34s %6d %6d %10.3f %8d %7.1fs %7.1fs %7.1fs",
                who,
                pods(),
                ec2.total(),
                callsPerPod(),
                refusals,
                wait(50).toMillis() / 1000.0,
                wait(99).toMillis() / 1000.0,
                wait(100).toMillis() / 1000.0);
    }
}
