package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.Meters;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class PacedEc2Test {
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

    private final LedgerEc2 ledger = new LedgerEc2(new Mortality());
    private final HandTime time = new HandTime();
    private final Counters counters = new Counters();
    private final List<Set<Cidr>> unassigned = new ArrayList<>();

    /// Counters as a test reads them.
    private static final class Counters implements Meters {
        private final Map<String, Long> counts = new TreeMap<>();

        @Override
        public void count(String name, long by, String... labels) {
            counts.merge(name + List.of(labels), by, Long::sum);
        }

        @Override
        public void gauge(String name, LongSupplier now, String... labels) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aBurstPassesAndTheRestComesAtThePace() {
        PacedEc2 ec2 = paced(new Pace(3, 2), new Pace(1, 1));
        for (int i = 0; i < 3; i++) {
            ec2.attachedTo("i-1");
        }
        assertThat(time.pauses()).isEmpty();
        ec2.attachedTo("i-1");
        ec2.attachedTo("i-1");
        assertThat(time.pauses())
                .hasSize(2)
                .allSatisfy(pause -> assertThat(pause).isBetween(ms(500 / 4), ms(625)));
        time.pass(Duration.ofSeconds(60));
        for (int i = 0; i < 3; i++) {
            ec2.attachedTo("i-1");
        }
        assertThat(time.pauses()).hasSize(2);
    }

    @Test
    void theLongRunIsNotFasterThanThePaceWhateverTheJitter() {
        PacedEc2 ec2 = paced(new Pace(5, 10), new Pace(1, 1));
        for (int i = 0; i < 105; i++) {
            ec2.attachedTo("i-1");
        }
        assertThat(Duration.ofNanos(time.nanos()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(9_900))
                .isLessThan(Duration.ofSeconds(14));
    }

    @Test
    void anActionDoesNotWaitForAnother() {
        PacedEc2 ec2 = paced(new Pace(1, 1), new Pace(1, 1));
        ec2.attachedTo("i-1");
        ec2.create(EniWorks.wanted("t"));
        assertThat(time.pauses()).isEmpty();
        ec2.tagged("vpc-1", "key");
        assertThat(time.pauses()).hasSize(1);
    }

    @Test
    void eachFamilyHasActionsOfItsOwn() {
        PacedEc2 ec2 =
                new PacedEc2(
                        new PartOfEc2() {
                            @Override
                            public List<Cidr> assign(String eni, Order order) {
                                return List.of();
                            }

                            @Override
                            public void unassign(String eni, Collection<Cidr> blocks) {
                                unassigned.add(Set.copyOf(blocks));
                            }
                        },
                        new Pace.Table(new Pace(1, 1), new Pace(1, 1), Map.of()),
                        time,
                        new Random(1),
                        counters);
        Cidr prefix = Cidr.parse("10.0.0.16/28");
        Cidr prefix6 = Cidr.parse("2001:db8:0:0:1::/80");
        ec2.assign("eni-1", Order.prefixes(1));
        ec2.assign("eni-1", Order.ipv6Prefixes(1));
        ec2.unassign("eni-1", List.of(prefix6, prefix));
        assertThat(time.pauses()).isEmpty();
        assertThat(unassigned).containsExactly(Set.of(prefix), Set.of(prefix6));
        assertThat(counters.counts)
                .containsEntry("ec2_calls[action, AssignPrivateIpAddresses, outcome, ok]", 1L)
                .containsEntry("ec2_calls[action, AssignIpv6Addresses, outcome, ok]", 1L)
                .containsEntry("ec2_calls[action, UnassignPrivateIpAddresses, outcome, ok]", 1L)
                .containsEntry("ec2_calls[action, UnassignIpv6Addresses, outcome, ok]", 1L);
    }

    @Test
    void aSingleActionCanHaveAPaceOfItsOwn() {
        PacedEc2 ec2 =
                new PacedEc2(
                        ledger,
                        new Pace.Table(
                                new Pace(1, 1),
                                new Pace(1, 1),
                                Map.of("CreateNetworkInterface", new Pace(2, 1))),
                        time,
                        new Random(1),
                        counters);
        ec2.create(EniWorks.wanted("t-1"));
        ec2.create(EniWorks.wanted("t-2"));
        assertThat(time.pauses()).isEmpty();
        assertThatThrownBy(() -> new Pace(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void afterThrottlingItWaitsLongerEachTimeAndNeverTooLong() {
        PacedEc2 ec2 = paced(new Pace(1000, 1000), new Pace(1000, 1000));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ledger.fail("attachedTo", Reason.THROTTLED, false);
            int before = time.pauses().size();
            assertThat(refused(ec2).reason()).isEqualTo(Reason.THROTTLED);
            assertThat(ec2.throttled()).containsExactly("DescribeNetworkInterfaces");
            waits.addAll(time.pauses().subList(before, time.pauses().size()));
        }
        assertThat(waits)
                .hasSize(59)
                .allSatisfy(wait -> assertThat(wait).isBetween(ms(500), LONGEST_BACKOFF));
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(20)) > 0);
        assertThat(waits).doesNotHaveDuplicates();
        ec2.attachedTo("i-1");
        assertThat(ec2.throttled()).isEmpty();
        int passed = time.pauses().size();
        ec2.attachedTo("i-1");
        assertThat(time.pauses()).hasSize(passed);
    }

    @Test
    void anInterruptEndsTheWaitAndNothingIsAsked() {
        PacedEc2 ec2 = paced(new Pace(1, 1), new Pace(1, 1));
        ec2.attachedTo("i-1");
        Thread.currentThread().interrupt();
        assertThat(refused(ec2)).hasMessageContaining("DescribeNetworkInterfaces waited");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ledger.calls()).containsExactly("attachedTo");
    }

    @Test
    void callsAreCountedByActionAndOutcome() {
        PacedEc2 ec2 = paced(new Pace(1, 1), new Pace(9, 1));
        ec2.attachedTo("i-1");
        ledger.fail("attachedTo", Reason.DENIED, false);
        assertThat(refused(ec2).reason()).isEqualTo(Reason.DENIED);
        ec2.detach(ec2.attach(ec2.create(EniWorks.wanted("t")).id(), "i-1", 0, 1));
        assertThat(counters.counts)
                .containsEntry("ec2_calls[action, DescribeNetworkInterfaces, outcome, ok]", 1L)
                .containsEntry("ec2_calls[action, DescribeNetworkInterfaces, outcome, denied]", 1L)
                .containsEntry("ec2_calls[action, CreateNetworkInterface, outcome, ok]", 1L)
                .containsEntry("ec2_calls[action, DetachNetworkInterface, outcome, ok]", 1L);
        assertThat(
                        counters.counts.get(
                                "ec2_waiting_milliseconds[action, DescribeNetworkInterfaces]"))
                .isBetween(1000L, 1250L);
    }

    private PacedEc2 paced(Pace reads, Pace changes) {
        return new PacedEc2(
                ledger, new Pace.Table(reads, changes, Map.of()), time, new Random(1), counters);
    }

    private static CloudException refused(PacedEc2 ec2) {
        return catchThrowableOfType(CloudException.class, () -> ec2.attachedTo("i-1"));
    }

    private static Duration ms(long count) {
        return Duration.ofMillis(count);
    }
}
