package io.patchbay.vpc.pool.vpccni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.InstanceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What §4.1 to §4.5 of the inventory of the VPC CNI say, of the model: 3 interfaces of 4 blocks.
class IpamdTest {
    private static final InstanceLimits LIMITS = new InstanceLimits(List.of(3), 5, true);

    private final Calls ec2 = new Calls();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Ipamd ipamd(Options options) {
        return new Ipamd(options, ec2, new Random(1), now);
    }

    private Ipamd settled(Options options) {
        Ipamd ipamd = ipamd(options);
        while (ipamd.isLow()) {
            cycle(ipamd);
        }
        return ipamd;
    }

    private void cycle(Ipamd ipamd) {
        ipamd.cycle(now);
        now = now.plus(Ipamd.CYCLE);
    }

    private void pods(Ipamd ipamd, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(ipamd.add("pod" + i, now)).isPresent();
        }
    }

    @Test
    void withOneWarmInterfaceTheFirstPodBringsASecondInterface() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 1, 0, 0));
        assertThat(ipamd.store().enis()).hasSize(1);
        pods(ipamd, 1);
        assertThat(ipamd.isLow()).isTrue();
        cycle(ipamd);
        assertThat(ipamd.store().enis()).hasSize(2);
        assertThat(ipamd.store().total()).isEqualTo(8);
    }

    @Test
    void oneInterfaceAndOneAssignmentACycleIsAllThereIs() {
        Ipamd ipamd = ipamd(Options.secondary(LIMITS, 0, 12, 0));
        cycle(ipamd);
        assertThat(ipamd.store().total()).isEqualTo(4);
        assertThat(ec2.total()).isEqualTo(1);
        cycle(ipamd);
        assertThat(ipamd.store().total()).isEqualTo(8);
        cycle(ipamd);
        assertThat(ipamd.store().total()).isEqualTo(12);
    }

    @Test
    void addressesThatCoolCountAsAvailableSoThatAddFailsWithoutGrowth() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 0, 2, 0));
        pods(ipamd, 2);
        cycle(ipamd);
        ipamd.del("pod0", now);
        ipamd.del("pod1", now);
        assertThat(ipamd.add("a", now)).isPresent();
        assertThat(ipamd.add("b", now)).isPresent();
        assertThat(ipamd.store().available()).isEqualTo(2);
        assertThat(ipamd.isLow()).isFalse();
        assertThat(ipamd.add("c", now)).isEmpty();
        now = now.plusSeconds(30);
        assertThat(ipamd.add("c", now)).isPresent();
    }

    @Test
    void nothingGrowsBeyondTheMaximumOfPods() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 1, 0, 0).maxPods(4));
        pods(ipamd, 4);
        assertThat(ipamd.isLow()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // warm, minimum, pods: missing and over, in single addresses, of a total of 4
        "2, 0, 0, 0, 2",
        "2, 0, 3, 1, 0",
        "6, 0, 0, 2, 0",
        "1, 4, 0, 0, 0",
        "1, 6, 0, 2, 0",
        "0, 2, 1, 0, 2",
        "0, 3, 4, 0, 0",
    })
    void whatIsMissingAndWhatIsTooMuchOfSingleAddresses(
            int warm, int minimum, int pods, int missing, int over) {
        Ipamd ipamd = ipamd(Options.secondary(LIMITS, 0, warm, minimum));
        ipamd.store().enis().getFirst().add(ec2.assign(4, false));
        pods(ipamd, pods);
        assertThat(ipamd.missing()).isEqualTo(missing);
        assertThat(ipamd.over()).isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource({
        // warm prefixes, warm, minimum, pods: missing, over and low, of three prefixes
        "1, 0, 0, 0, 2, false",
        "3, 0, 0, 1, 0, true",
        "0, 0, 0, 48, 0, true",
        "0, 5, 0, 1, 2, false",
        "0, 5, 40, 0, 0, false",
        "0, 1, 60, 0, 0, true",
    })
    void whatIsTooMuchOfPrefixes(
            int warmPrefix, int warm, int minimum, int pods, int over, boolean low) {
        Ipamd ipamd = ipamd(Options.prefixes(LIMITS, warmPrefix, warm, minimum));
        ipamd.store().enis().getFirst().add(ec2.assign(3, true));
        pods(ipamd, pods);
        assertThat(ipamd.over()).isEqualTo(over);
        assertThat(ipamd.isLow()).isEqualTo(low);
    }

    @Test
    void shrinkingDoesNotHeedTheCooldownAndComesEveryThirtySeconds() {
        Ipamd ipamd = ipamd(Options.secondary(LIMITS, 0, 2, 0));
        ipamd.store().enis().getFirst().add(ec2.assign(4, false));
        pods(ipamd, 4);
        for (int i = 0; i < 4; i++) {
            ipamd.del("pod" + i, now);
        }
        cycle(ipamd);
        assertThat(ipamd.store().total()).as("although all four cool").isEqualTo(2);
        ipamd.store().enis().getFirst().add(ec2.assign(1, false));
        int calls = ec2.count("UnassignPrivateIpAddresses");
        cycle(ipamd);
        assertThat(ec2.count("UnassignPrivateIpAddresses")).isEqualTo(calls);
        now = now.plusSeconds(30);
        cycle(ipamd);
        assertThat(ec2.count("UnassignPrivateIpAddresses")).isGreaterThan(calls);
    }

    @Test
    void anInterfaceIsFreedOnlyOldEmptyAndCool() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 1, 0, 0));
        pods(ipamd, 4);
        cycle(ipamd);
        pods(ipamd, 5);
        cycle(ipamd);
        assertThat(ipamd.store().enis()).hasSize(3);
        for (int i = 0; i < 5; i++) {
            ipamd.del("pod" + i, now);
        }
        CniEni second = ipamd.store().enis().get(1);
        assertThat(ipamd.isFreeable(ipamd.store().enis().getFirst(), now.plusSeconds(600)))
                .as("the primary one")
                .isFalse();
        assertThat(ipamd.isFreeable(second, now)).as("a young one").isFalse();
        now = now.plusSeconds(90);
        assertThat(ipamd.isFreeable(second, now)).isTrue();
        cycle(ipamd);
        assertThat(ipamd.store().enis()).as("one a cycle").hasSize(2);
        assertThat(ec2.count("DetachNetworkInterface")).isOne();
        cycle(ipamd);
        assertThat(ipamd.store().enis())
                .as("what the primary one has free is warm enough")
                .hasSize(1);
    }

    @Test
    void aNewInterfaceIsSixCallsAndAFreedOneThree() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 1, 0, 0));
        pods(ipamd, 1);
        int before = ec2.total();
        cycle(ipamd);
        assertThat(ec2.total() - before).isEqualTo(6);
        ipamd.del("pod0", now);
        now = now.plus(Duration.ofMinutes(2));
        before = ec2.total();
        cycle(ipamd);
        assertThat(ec2.total() - before).isEqualTo(3);
    }

    @Test
    void podsScatterOverInterfaces() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 0, 12, 0));
        pods(ipamd, 6);
        assertThat(ipamd.store().enis())
                .allMatch(eni -> ipamd.store().assigned(eni.addresses()) > 0);
    }

    @Test
    void theSamePodGetsTheSameAddress() {
        Ipamd ipamd = settled(Options.secondary(LIMITS, 1, 0, 0));
        assertThat(ipamd.add("a", now)).isEqualTo(ipamd.add("a", now));
    }
}
