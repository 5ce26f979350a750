package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.DecisionTest.NOTHING_WARM;
import static io.patchbay.vpc.pool.DecisionTest.PREFIXES;
import static io.patchbay.vpc.pool.DecisionTest.WARM_4;
import static io.patchbay.vpc.pool.DecisionTest.decide;
import static io.patchbay.vpc.pool.DecisionTest.targets;
import static io.patchbay.vpc.pool.Enis.eni;
import static io.patchbay.vpc.pool.Scene.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Action.Assign;
import io.patchbay.vpc.pool.Action.Create;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What EC2 has refused, and when nothing more is to be had.
class DecisionRefusedTest {
    @Nested
    class Refused {
        private static final Assign ASKED = new Assign("eni-00", Order.addresses(1));

        @Test
        void aFullSubnetIsNotAskedForAMinute() {
            assertThat(after(ASKED, "subnet-0", Reason.SUBNET_FULL, 59))
                    .containsExactly(new Create(0, "subnet-a", Order.addresses(4)));
            assertThat(after(ASKED, "subnet-0", Reason.SUBNET_FULL, 60))
                    .containsExactly(new Assign("eni-00", Order.addresses(4)));
        }

        @Test
        void aSubnetThatHadNotAsManyIsAskedForOne() {
            Assign several = new Assign("eni-00", Order.addresses(4));
            assertThat(after(several, "subnet-0", Reason.SUBNET_FULL, 59))
                    .contains(new Assign("eni-00", Order.addresses(1)));
            assertThat(after(several, "subnet-0", Reason.SUBNET_FULL, 60))
                    .containsExactly(new Assign("eni-00", Order.addresses(4)));
        }

        @Test
        void nobodyIsAskedAfterTooManyCalls() {
            assertThat(after(ASKED, "subnet-0", Reason.THROTTLED, 1)).isEmpty();
            assertThat(after(ASKED, "subnet-0", Reason.THROTTLED, 2)).isNotEmpty();
            assertThat(after(ASKED, "subnet-0", Reason.SILENT, 0)).isEmpty();
            assertThat(after(ASKED, "subnet-0", Reason.SILENT, 1)).isNotEmpty();
            assertThat(after(ASKED, "subnet-0", Reason.DENIED, 0)).isEmpty();
        }

        @Test
        void anInterfaceThatIsFullOrWillNotIsLeftAlone() {
            for (Reason reason :
                    List.of(Reason.ENI_FULL, Reason.NOT_FOUND, Reason.BUSY, Reason.REFUSED)) {
                assertThat(after(ASKED, "subnet-0", reason, 9))
                        .containsExactly(new Create(0, "subnet-a", Order.addresses(4)));
            }
        }

        @Test
        void noInterfaceIsMadeForAMinuteOnceTheInstanceWasFull() {
            Create create = new Create(0, "subnet-a", Order.addresses(4));
            Scene scene =
                    Scene.of(eni(0, 4))
                            .pods(0, 4)
                            .waiting(1)
                            .refused(create, "subnet-a", Reason.INSTANCE_FULL, 59);
            assertThat(decide(scene, NOTHING_WARM)).isEmpty();
            assertThat(Decision.isFull(scene.situation(), NOTHING_WARM)).isTrue();
        }

        private static List<Action> after(
                Action action, String subnet, Reason reason, int secondsAgo) {
            return decide(
                    Scene.of(eni(0, 0)).waiting(1).refused(action, subnet, reason, secondsAgo),
                    targets("WARM_ENI_TARGET", "0"));
        }
    }

    @Nested
    class Full {
        @Test
        void isAnInstanceWhoseEverySlotIsTaken() {
            Scene scene = Scene.of(eni(0, 4), eni(1, 4), eni(2, 3));
            assertThat(Decision.isFull(scene.situation(), WARM_4)).isFalse();
            assertThat(
                            Decision.isFull(
                                    Scene.of(eni(0, 4), eni(1, 4), eni(2, 4)).situation(), WARM_4))
                    .isTrue();
        }

        @Test
        void isNoneThatHasSomethingOnItsWay() {
            Scene scene =
                    Scene.of(eni(0, 4), eni(1, 4), eni(2, 3))
                            .inFlight(new Assign("eni-02", Order.addresses(1)));
            assertThat(Decision.isFull(scene.situation(), WARM_4)).isFalse();
        }

        @Test
        void isOneWhoseSubnetsHaveNothing() {
            Scene scene =
                    Scene.of(eni(0, 0))
                            .subnets()
                            .refused(
                                    new Assign("eni-00", Order.addresses(1)),
                                    "subnet-0",
                                    Reason.SUBNET_FULL,
                                    5);
            assertThat(Decision.isFull(scene.situation(), PREFIXES)).isTrue();
        }
    }
}
