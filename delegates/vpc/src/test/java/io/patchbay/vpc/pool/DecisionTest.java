package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.address;
import static io.patchbay.vpc.pool.Enis.eni;
import static io.patchbay.vpc.pool.Enis.prefix;
import static io.patchbay.vpc.pool.Enis.withPrefixes;
import static io.patchbay.vpc.pool.Scene.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Action.Assign;
import io.patchbay.vpc.pool.Action.Create;
import io.patchbay.vpc.pool.Action.Remove;
import io.patchbay.vpc.pool.Action.Unassign;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// An instance with 3 interfaces of 4 blocks, unless a scene says otherwise.
class DecisionTest {
    static final Targets NOTHING_WARM = targets("WARM_ENI_TARGET", "0");
    static final Targets WARM_4 = targets("WARM_IP_TARGET", "4");
    static final Targets PREFIXES = targets("ENABLE_PREFIX_DELEGATION", "true");

    static Targets targets(String key, String value) {
        return Targets.of(PoolSettings.NONE, Map.of(key, value));
    }

    private static Targets prefixes(String key, String value) {
        return Targets.of(
                PoolSettings.NONE, Map.of("ENABLE_PREFIX_DELEGATION", "true", key, value));
    }

    static List<Action> decide(Scene scene, Targets targets) {
        return Decision.of(scene.situation(), targets);
    }

    @Nested
    class Growing {
        @Test
        void thePoolIsFilledUpToItsTarget() {
            assertThat(decide(Scene.of(eni(0, 1)), WARM_4))
                    .containsExactly(new Assign("eni-00", Order.addresses(3)));
            assertThat(decide(Scene.of(eni(0, 4)), WARM_4)).isEmpty();
        }

        @Test
        void addressesThatCoolAreNotCountedAsFree() {
            assertThat(
                            decide(
                                    Scene.of(eni(0, 4), eni(1, 0))
                                            .cooling(address(0, 5), 10)
                                            .cooling(address(0, 6), 10),
                                    WARM_4))
                    .containsExactly(new Assign("eni-01", Order.addresses(2)));
        }

        @Test
        void blocksThatAreBeingReturnedAreNotCountedAsFree() {
            assertThat(
                            decide(
                                    Scene.of(eni(0, 4), eni(1, 0))
                                            .returning(Cidr.host(address(0, 5))),
                                    WARM_4))
                    .containsExactly(new Assign("eni-01", Order.addresses(1)));
        }

        @Test
        void thoseWhoWaitComeOnTopOfTheTargets() {
            assertThat(decide(Scene.of(eni(0, 1), eni(1, 0)).pods(0, 1).waiting(3), WARM_4))
                    .containsExactly(
                            new Assign("eni-00", Order.addresses(3)),
                            new Assign("eni-01", Order.addresses(4)));
        }

        @Test
        void severalInterfacesAreMadeAtOnceWhereOneIsNotEnough() {
            assertThat(decide(Scene.of(eni(0, 4)).pods(0, 4).waiting(7), NOTHING_WARM))
                    .containsExactly(
                            new Create(0, "subnet-a", Order.addresses(4)),
                            new Create(0, "subnet-a", Order.addresses(4)));
        }

        @Test
        void whatIsOnItsWayIsNotOrderedAgain() {
            Scene scene =
                    Scene.of(eni(0, 1), eni(1, 0))
                            .pods(0, 1)
                            .waiting(2)
                            .inFlight(new Assign("eni-00", Order.addresses(3)));
            assertThat(decide(scene, NOTHING_WARM)).isEmpty();
            assertThat(decide(scene.waiting(3), WARM_4))
                    .containsExactly(new Assign("eni-01", Order.addresses(4)));
            assertThat(
                            decide(
                                    Scene.of(eni(0, 4))
                                            .pods(0, 4)
                                            .waiting(3)
                                            .inFlight(
                                                    new Create(0, "subnet-a", Order.addresses(4))),
                                    NOTHING_WARM))
                    .isEmpty();
        }

        @Test
        void anInterfaceThatIsOnItsWayTakesItsPlace() {
            Scene scene =
                    Scene.of(eni(0, 4), eni(1, 4))
                            .pods(0, 4)
                            .pods(1, 4)
                            .waiting(9)
                            .inFlight(new Create(0, "subnet-a", Order.addresses(4)));
            assertThat(decide(scene, NOTHING_WARM)).isEmpty();
        }

        @Test
        void theInstanceTheCeilingTheStrangersAndTheTrunkLimitTheInterfaces() {
            Scene scene = Scene.of(eni(0, 4)).pods(0, 4).waiting(50).limits(5, 4);
            assertThat(decide(scene, NOTHING_WARM)).hasSize(3);
            assertThat(decide(scene, targets("MAX_ENI", "3"))).hasSize(2);
            scene.roles(new Roles(Set.of(), Map.of(0, 1), Set.of(), 0));
            assertThat(decide(scene, NOTHING_WARM)).hasSize(2);
            scene.roles(new Roles(Set.of(), Map.of(0, 1), Set.of(), 1));
            assertThat(decide(scene, NOTHING_WARM)).hasSize(1);
            assertThat(decide(scene, targets("MAX_ENI", "3"))).isEmpty();
        }

        @Test
        void theNextNetworkCardIsTakenWhenTheFirstIsFull() {
            Scene scene =
                    Scene.of(eni(0, 4), eni(1, 4)).pods(0, 4).pods(1, 4).waiting(5).limits(5, 2, 2);
            assertThat(decide(scene, NOTHING_WARM))
                    .containsExactly(
                            new Create(1, "subnet-a", Order.addresses(4)),
                            new Create(1, "subnet-a", Order.addresses(4)));
        }

        @Test
        void theRoomiestSubnetIsTakenAndWhatItIsAskedForIsCounted() {
            Scene scene =
                    Scene.of(eni(0, 4))
                            .pods(0, 4)
                            .waiting(8)
                            .subnets(subnet("subnet-a", 6), subnet("subnet-b", 8));
            assertThat(decide(scene, NOTHING_WARM))
                    .containsExactly(
                            new Create(0, "subnet-b", Order.addresses(4)),
                            new Create(0, "subnet-a", Order.addresses(4)));
        }

        @Test
        void aSubnetThatHasNotEvenTwoAddressesIsNone() {
            Scene scene = Scene.of(eni(0, 4)).pods(0, 4).waiting(8);
            assertThat(decide(scene.subnets(subnet("subnet-a", 1)), NOTHING_WARM)).isEmpty();
            assertThat(decide(scene.subnets(subnet("subnet-a", 3)), NOTHING_WARM))
                    .containsExactly(new Create(0, "subnet-a", Order.addresses(2)));
        }

        @Test
        void anInterfaceThatIsClosedGetsNothing() {
            assertThat(decide(Scene.of(eni(0, 1)).closed("eni-00").waiting(1), NOTHING_WARM))
                    .containsExactly(new Create(0, "subnet-a", Order.addresses(4)));
        }

        @Test
        void aWarmInterfaceIsOrderedWhole() {
            assertThat(decide(Scene.of(eni(0, 4)).pods(0, 1), targets("WARM_ENI_TARGET", "1")))
                    .containsExactly(new Create(0, "subnet-a", Order.addresses(4)));
        }

        @Test
        void nothingIsDoneWhereNothingIsProvisioned() {
            assertThat(
                            decide(
                                    Scene.of(eni(0, 1)).waiting(5),
                                    targets("DISABLE_NETWORK_RESOURCE_PROVISIONING", "true")))
                    .isEmpty();
        }
    }

    @Nested
    class OfPrefixes {
        @Test
        void asManyAsHoldWhatIsNeeded() {
            assertThat(decide(Scene.of(withPrefixes(0, 0)), PREFIXES))
                    .containsExactly(new Assign("eni-00", Order.prefixes(1)));
            assertThat(decide(Scene.of(withPrefixes(0, 0)).waiting(30), PREFIXES))
                    .containsExactly(new Assign("eni-00", Order.prefixes(3)));
        }

        @Test
        void whereTheInstanceTakesNoneSingleAddressesAreTaken() {
            assertThat(decide(Scene.of(eni(0, 0)).onXen(), PREFIXES))
                    .contains(new Assign("eni-00", Order.addresses(4)));
        }

        @Test
        void fromAnotherSubnetWhereTheFirstIsFragmented() {
            Scene scene =
                    Scene.of(withPrefixes(0, 0), withPrefixes(1, 0))
                            .waiting(1)
                            .refused(
                                    new Assign("eni-00", Order.prefixes(1)),
                                    "subnet-0",
                                    Reason.SUBNET_FRAGMENTED,
                                    5);
            assertThat(decide(scene, PREFIXES))
                    .containsExactly(new Assign("eni-01", Order.prefixes(1)));
        }

        @Test
        void byANewInterfaceWhereNoOtherHasASubnetWithPrefixes() {
            Scene scene = fragmented(5);
            assertThat(decide(scene, PREFIXES))
                    .containsExactly(new Create(0, "subnet-a", Order.prefixes(1)));
        }

        @Test
        void bySingleAddressesWhereNoSubnetHasAny() {
            Scene scene = fragmented(5).subnets();
            assertThat(decide(scene, PREFIXES))
                    .containsExactly(new Assign("eni-00", Order.addresses(4)));
        }

        @Test
        void oneByOneWhereTheSubnetHadNotAsManyAsWereOrdered() {
            Assign several = new Assign("eni-00", Order.prefixes(3));
            for (Reason why : List.of(Reason.SUBNET_FRAGMENTED, Reason.SUBNET_FULL)) {
                Scene scene =
                        Scene.of(withPrefixes(0, 0))
                                .waiting(30)
                                .refused(several, "subnet-0", why, 5);
                assertThat(decide(scene, PREFIXES))
                        .as("%s", why)
                        .contains(new Assign("eni-00", Order.prefixes(1)));
            }
        }

        @Test
        void byOneNewInterfaceWithOneWhereItsSubnetHadNotAsManyAsWereOrdered() {
            Scene scene =
                    fragmented(5)
                            .waiting(30)
                            .refused(
                                    new Create(0, "subnet-a", Order.prefixes(2)),
                                    "subnet-a",
                                    Reason.SUBNET_FULL,
                                    5);
            assertThat(decide(scene, PREFIXES))
                    .contains(new Create(0, "subnet-a", Order.prefixes(1)))
                    .filteredOn(Create.class::isInstance)
                    .hasSize(1);
        }

        @Test
        void bySingleAddressesWhereTheSubnetHasFewerThanAPrefix() {
            Scene scene =
                    Scene.of(withPrefixes(0, 0))
                            .subnets()
                            .refused(
                                    new Assign("eni-00", Order.prefixes(1)),
                                    "subnet-0",
                                    Reason.SUBNET_FULL,
                                    5);
            assertThat(decide(scene, PREFIXES))
                    .containsExactly(new Assign("eni-00", Order.addresses(4)));
        }

        @Test
        void againOnceTheSetbackIsOver() {
            assertThat(decide(fragmented(121).subnets(), PREFIXES))
                    .containsExactly(new Assign("eni-00", Order.prefixes(1)));
        }

        @Test
        void againWhereSingleAddressesMadeUpForThem() {
            assertThat(decide(Scene.of(eni(0, 3)), PREFIXES))
                    .containsExactly(new Assign("eni-00", Order.prefixes(1)));
            assertThat(decide(Scene.of(eni(0, 3)).waiting(3), PREFIXES))
                    .as("but for those who wait they are as good")
                    .containsExactly(new Assign("eni-00", Order.prefixes(1)));
        }

        @Test
        void andTheSingleAddressesAreGivenBack() {
            Scene scene =
                    Scene.of(
                            eni(
                                    0,
                                    0,
                                    List.of(
                                            prefix(0, 0),
                                            Cidr.host(address(0, 5)),
                                            Cidr.host(address(0, 6)))));
            scene.pod(address(0, 6));
            assertThat(decide(scene, PREFIXES))
                    .containsExactly(new Unassign("eni-00", List.of(Cidr.host(address(0, 5)))));
        }

        @Test
        void andPrefixesAreGivenBackWhereSingleAddressesAreWantedNow() {
            Scene scene =
                    Scene.of(
                            eni(
                                    0,
                                    0,
                                    List.of(
                                            prefix(0, 0),
                                            Cidr.host(address(0, 5)),
                                            Cidr.host(address(0, 6)))));
            assertThat(decide(scene, targets("WARM_IP_TARGET", "2")))
                    .containsExactly(new Unassign("eni-00", List.of(prefix(0, 0))));
        }

        private static Scene fragmented(int secondsAgo) {
            return Scene.of(withPrefixes(0, 0))
                    .waiting(1)
                    .refused(
                            new Assign("eni-00", Order.prefixes(1)),
                            "subnet-0",
                            Reason.SUBNET_FRAGMENTED,
                            secondsAgo);
        }
    }

    @Nested
    class Shrinking {
        @Test
        void emptyBlocksBeyondTheTargetAreGivenBackOfTheEmptiestInterface() {
            Scene scene = Scene.of(eni(0, 4), eni(1, 4)).pods(1, 2).limits(9, 3);
            assertThat(decide(scene, targets("WARM_IP_TARGET", "2")))
                    .containsExactly(
                            new Unassign(
                                    "eni-01",
                                    List.of(Cidr.host(address(1, 7)), Cidr.host(address(1, 8)))),
                            new Unassign(
                                    "eni-00",
                                    List.of(Cidr.host(address(0, 5)), Cidr.host(address(0, 6)))));
        }

        @Test
        void aBlockWithAnAddressThatCoolsIsKept() {
            Scene scene =
                    Scene.of(withPrefixes(0, 4)).pods(0, 1).cooling(address(0, 32), 1).pods(0, 1);
            assertThat(decide(scene, PREFIXES))
                    .containsExactly(new Unassign("eni-00", List.of(prefix(0, 2), prefix(0, 3))));
        }

        @Test
        void anEmptyInterfaceIsRemovedWhole() {
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 4)), targets("WARM_IP_TARGET", "2")))
                    .containsExactly(new Remove("eni-01"));
        }

        @Test
        void butOnlyOneAtATime() {
            Scene scene = Scene.of(eni(0, 4), eni(1, 4), eni(2, 4)).inFlight(new Remove("eni-02"));
            assertThat(decide(scene, targets("WARM_IP_TARGET", "2")))
                    .noneMatch(Remove.class::isInstance);
        }

        @Test
        void neverOneThatIsYoungerThanAMinute() {
            Scene scene = Scene.of(eni(0, 4), eni(1, 4));
            assertThat(decide(scene.created("eni-01", 59), targets("WARM_ENI_TARGET", "0")))
                    .isEmpty();
            assertThat(decide(scene.created("eni-01", 60), targets("WARM_ENI_TARGET", "0")))
                    .containsExactly(new Remove("eni-01"));
        }

        @Test
        void neverThePrimaryOneNorTheTrunk() {
            Scene scene =
                    Scene.of(eni(0, 4), eni(1, 0))
                            .roles(new Roles(Set.of("eni-01"), Map.of(), Set.of(), 0));
            assertThat(decide(scene, targets("WARM_IP_TARGET", "4"))).isEmpty();
        }

        @Test
        void neverWhileSomebodyWaitsOrThePoolHasJustGrownOrShrunk() {
            Targets few = targets("WARM_IP_TARGET", "2");
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 4)).waiting(1), few)).isEmpty();
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 4)).grown(59), few)).isEmpty();
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 4)).shrunk(29), few)).isEmpty();
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 4)).grown(60).shrunk(30), few))
                    .isNotEmpty();
        }

        @Test
        void aWarmInterfaceIsKeptWhole() {
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 4)), targets("WARM_ENI_TARGET", "1")))
                    .isEmpty();
            assertThat(
                            decide(
                                    Scene.of(eni(0, 4), eni(1, 4), eni(2, 4)),
                                    targets("WARM_ENI_TARGET", "1")))
                    .containsExactly(new Remove("eni-02"));
        }

        @Test
        void warmPrefixesAreWholeOnes() {
            assertThat(decide(Scene.of(withPrefixes(0, 2)), prefixes("WARM_PREFIX_TARGET", "1")))
                    .isEmpty();
            assertThat(decide(Scene.of(withPrefixes(0, 3)), prefixes("WARM_PREFIX_TARGET", "1")))
                    .containsExactly(new Unassign("eni-00", List.of(prefix(0, 0), prefix(0, 1))));
        }

        @Test
        void anInterfaceThatIsClosedIsRemovedOnceNobodyIsOnIt() {
            Scene scene = Scene.of(eni(0, 4), eni(1, 2)).closed("eni-01").pod(address(1, 5));
            assertThat(decide(scene, WARM_4))
                    .containsExactly(new Unassign("eni-01", List.of(Cidr.host(address(1, 6)))));
            assertThat(
                            decide(
                                    Scene.of(eni(0, 4), eni(1, 2))
                                            .closed("eni-01")
                                            .cooling(address(1, 5), 1)
                                            .cooling(address(1, 6), 1),
                                    WARM_4))
                    .isEmpty();
            assertThat(decide(Scene.of(eni(0, 4), eni(1, 2)).closed("eni-01"), WARM_4))
                    .containsExactly(new Remove("eni-01"));
        }

        @Test
        void aClosedPrimaryInterfaceLosesItsBlocksAlone() {
            assertThat(decide(Scene.of(eni(0, 1), eni(1, 4)).closed("eni-00"), WARM_4))
                    .containsExactly(new Unassign("eni-00", List.of(Cidr.host(address(0, 5)))));
        }
    }
}
