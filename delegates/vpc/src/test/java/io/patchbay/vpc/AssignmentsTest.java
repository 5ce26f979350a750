package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Instance;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.KeptNotes;
import io.patchbay.vpc.eni.Mortality;
import io.patchbay.vpc.pool.AddressNote;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.AssignmentNote;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Enis;
import io.patchbay.vpc.pool.HandClock;
import io.patchbay.vpc.pool.Holding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AssignmentsTest {
    private static final Eni ENI = Enis.eni(1, 1);
    private static final Set<Cidr> BY_HAND = Set.copyOf(ENI.blocks());
    private static final AttachmentId OWNER = new AttachmentId("net", "container", "net1");
    private static final InstanceLimits LIMITS = new InstanceLimits(List.of(3), 6, true);
    private static final Instance NODE =
            new Instance("i-1", "m5.large", "eu-central-1", "eu-central-1a", "vpc-1", List.of());

    private final Mortality mortality = new Mortality();
    private final OneEniEc2 ec2 = new OneEniEc2(ENI, mortality);
    private final Journal<AssignmentNote> notes = new KeptNotes<>(mortality);
    private final Journal<AddressNote> holdings = new KeptNotes<>(mortality);
    private final HandClock clock = new HandClock();

    /// One process, from its start to its end.
    private final class Life {
        private final Addresses addresses = new Addresses(holdings, clock, Duration.ZERO);
        private final Assignments assignments =
                new Assignments(ec2, NODE, LIMITS, addresses, notes, clock);

        Life() {
            Set<Cidr> leaving = notes.find(ENI.id()).map(AssignmentNote::leaving).orElse(Set.of());
            addresses.learn(
                    List.of(
                            ec2.told()
                                    .with(
                                            ec2.told().blocks().stream()
                                                    .filter(block -> !leaving.contains(block))
                                                    .toList())),
                    Set.of());
        }

        Eni eni() {
            return addresses.pool().eni(ENI.id()).orElseThrow();
        }

        List<Holding> take(int count) {
            return addresses.await(
                    OWNER,
                    Optional.empty(),
                    Demand.of(ENI, Family.IPV4),
                    count,
                    Holding.NO_LINK,
                    () -> Duration.ZERO);
        }

        /// A pod that comes and goes.
        void run() {
            if (take(3).size() < 3) {
                assignments.assign(eni(), Family.IPV4, 2);
            }
            take(3);
            leave();
        }

        void leave() {
            addresses.release(OWNER, true);
            assignments.giveBack(eni());
        }

        void settle() {
            clock.advance(Duration.ofSeconds(10));
            notes.all().values().stream()
                    .filter(AssignmentNote::isOpen)
                    .forEach(assignments::settle);
        }
    }

    private void assertNothingIsLeft() {
        assertThat(ec2.blocks()).isEqualTo(BY_HAND);
        assertThat(notes.all()).isEmpty();
        assertThat(holdings.all()).isEmpty();
    }

    private static List<Integer> steps() {
        AssignmentsTest whole = new AssignmentsTest();
        whole.new Life().run();
        return IntStream.rangeClosed(1, 2 * whole.mortality.steps()).boxed().toList();
    }

    @Test
    void whatIsMissingIsAssignedAndReturnedAndWhatWasThereStays() {
        Life life = new Life();
        assertThat(life.take(3)).hasSize(1);
        life.assignments.assign(life.eni(), Family.IPV4, 2);
        assertThat(life.take(3))
                .extracting(holding -> Cidr.host(holding.address()))
                .containsExactlyInAnyOrderElementsOf(ec2.blocks())
                .containsAll(BY_HAND);
        life.assignments.giveBack(life.eni());
        assertThat(ec2.blocks()).hasSize(3);
        life.leave();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aDeathBeforeOrAfterAnyStepLosesNothingAndGivesNothingThatIsNotAssigned(int step) {
        mortality.dieAt((step + 1) / 2, step % 2 == 0);
        assertThatThrownBy(() -> new Life().run()).isInstanceOf(Mortality.Killed.class);
        mortality.live();

        Life next = new Life();
        assertThat(ec2.blocks()).containsAll(next.eni().blocks());
        next.settle();
        assertThat(ec2.blocks()).containsAll(next.eni().blocks());
        next.leave();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "GARBLED"})
    void aLostAnswerIsFoundOut(Reason reason) {
        Life life = new Life();
        ec2.loseAnswer(reason);
        assertThatThrownBy(() -> life.assignments.assign(life.eni(), Family.IPV4, 2))
                .isInstanceOf(CloudException.class);
        life.settle();
        assertThat(life.take(3)).hasSize(3);

        life.addresses.release(OWNER, true);
        ec2.loseAnswer(reason);
        assertThatThrownBy(() -> life.assignments.giveBack(life.eni()))
                .isInstanceOf(CloudException.class);
        assertThat(life.take(3)).hasSize(1);
        life.settle();
        life.leave();
        assertNothingIsLeft();
    }

    @Test
    void aRefusalLeavesEverythingAsItWas() {
        Life life = new Life();
        ec2.refuse(Reason.SUBNET_FULL);
        assertThatThrownBy(() -> life.assignments.assign(life.eni(), Family.IPV4, 2))
                .isInstanceOf(CloudException.class);
        assertNothingIsLeft();

        life.assignments.assign(life.eni(), Family.IPV4, 2);
        ec2.refuse(Reason.DENIED);
        assertThatThrownBy(() -> life.assignments.giveBack(life.eni()))
                .isInstanceOf(CloudException.class);
        assertThat(life.take(3)).hasSize(3);
        life.leave();
        assertNothingIsLeft();
    }

    @Test
    void whereAnOperatorAssignsMeanwhileNothingOfThatIsReturned() {
        Life life = new Life();
        ec2.loseAnswer(Reason.SILENT);
        assertThatThrownBy(() -> life.assignments.assign(life.eni(), Family.IPV4, 1))
                .isInstanceOf(CloudException.class);
        Cidr byHand = ec2.assignByHand();
        life.settle();
        life.leave();
        assertThat(ec2.blocks()).contains(byHand).hasSize(3);
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void aFullInterfaceIsToldAndNotAsked() {
        Life life = new Life();
        life.assignments.assign(life.eni(), Family.IPV4, 7);
        assertThat(ec2.blocks()).hasSize(LIMITS.slots());
        assertThatThrownBy(() -> life.assignments.assign(life.eni(), Family.IPV4, 1))
                .isInstanceOf(CloudException.class)
                .hasMessageContainingAll(ENI.id(), "m5.large", "5");
    }
}
