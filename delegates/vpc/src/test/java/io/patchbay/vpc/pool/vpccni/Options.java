package io.patchbay.vpc.pool.vpccni;

import io.patchbay.vpc.eni.InstanceLimits;
import java.time.Duration;

/// How ipamd is set up. A target of 0 is unset, but for the one of the mode.
record Options(
        InstanceLimits limits,
        boolean prefixes,
        int warmEni,
        int warmIp,
        int minimumIp,
        int warmPrefix,
        int maxPods,
        Duration cooldown) {
    static Options secondary(InstanceLimits limits, int warmEni, int warmIp, int minimumIp) {
        return new Options(
                limits, false, warmEni, warmIp, minimumIp, 0, 10_000, Duration.ofSeconds(30));
    }

    static Options prefixes(InstanceLimits limits, int warmPrefix, int warmIp, int minimumIp) {
        return new Options(
                limits, true, 1, warmIp, minimumIp, warmPrefix, 10_000, Duration.ofSeconds(30));
    }

    Options maxPods(int count) {
        return new Options(
                limits, prefixes, warmEni, warmIp, minimumIp, warmPrefix, count, cooldown);
    }

    int unit() {
        return prefixes ? 16 : 1;
    }

    int perEni() {
        return limits.slots() * unit();
    }

    boolean countsIps() {
        return warmIp > 0 || minimumIp > 0;
    }
}
