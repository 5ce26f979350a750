package io.patchbay.vpc.pool.vpccni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.pool.PoolSettings;
import io.patchbay.vpc.pool.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// 2,000 pods at ten a second on an instance of 15 interfaces with 49 blocks (m5.24xlarge), ours
/// beside the VPC CNI with the targets of its manifest. EC2 grants everything. Both have a minute
/// to fill up before, and four minutes and a half for the pods; theirs may not serve all in that.
class SideBySideTest {
    private static final InstanceLimits LIMITS = new InstanceLimits(List.of(15), 50, true);
    private static final Workload WORKLOAD = Workload.of(2000, 10, 42);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration LENGTH = Duration.ofMinutes(6);

    @Test
    void withPrefixesFewCallsAndNoRefusal() {
        Outcome ours = ours("patchbay, prefixes", Map.of("ENABLE_PREFIX_DELEGATION", "true"));
        Outcome theirs = theirs("vpc cni, WARM_PREFIX_TARGET=1", Options.prefixes(LIMITS, 1, 0, 0));
        print(ours, theirs);
        assertThat(ours.pods()).isEqualTo(2000);
        assertThat(ours.callsPerPod()).isLessThanOrEqualTo(0.2);
        assertThat(ours.refusals()).isZero();
        assertThat(theirs.refusals()).isPositive();
        assertThat(ours.wait(99)).isLessThan(theirs.wait(99));
    }

    @Test
    void withSingleAddressesNoPodWaitsAsLong() {
        Outcome ours = ours("patchbay, single addresses", Map.of());
        Outcome theirs = theirs("vpc cni, WARM_ENI_TARGET=1", Options.secondary(LIMITS, 1, 0, 0));
        Outcome few = theirs("vpc cni, WARM_IP_TARGET=5", Options.secondary(LIMITS, 1, 5, 0));
        print(ours, theirs, few);
        assertThat(ours.pods()).isEqualTo(2000);
        assertThat(ours.wait(99)).isLessThan(theirs.wait(99));
        assertThat(ours.wait(99)).isLessThan(few.wait(99));
    }

    private static Outcome ours(String who, Map<String, String> environment) {
        return new OurRun(who, Targets.of(PoolSettings.NONE, environment), LIMITS)
                .run(WORKLOAD, IDLE, LENGTH);
    }

    private static Outcome theirs(String who, Options options) {
        return new TheirRun(who, options).run(WORKLOAD, IDLE, LENGTH);
    }

    private static void print(Outcome... outcomes) {
        System.out.println(Outcome.heading());
        for (Outcome outcome : outcomes) {
            System.out.println(outcome);
        }
    }
}
