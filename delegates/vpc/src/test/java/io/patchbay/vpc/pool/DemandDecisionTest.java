package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.eni;
import static io.patchbay.vpc.pool.Enis.madeFor;
import static io.patchbay.vpc.pool.Enis.withBoth;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemandDecisionTest {
    private static final EniConfig DATA = new EniConfig(Optional.of("subnet-a"), List.of("sg-d"));
    private static final Demand OF_DATA = new Demand(DATA, Family.IPV4);
    private static final Demand IPV6 = new Demand(EniConfig.NODE, Family.IPV6);
    private static final Targets TARGETS =
            new Targets(
                    Order.Kind.PREFIXES,
                    new Stock.Proportional(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    true);

    private static List<Action> decided(Scene scene, Demand demand, boolean wanted) {
        return Decision.of(scene.about(demand).situation(), TARGETS.of(demand, false, wanted));
    }

    @Test
    void theSettingsAreAboutWhatPodsGetWhoseNetworkDoesNotSay() {
        Targets told =
                new Targets(
                        Order.Kind.ADDRESSES,
                        new Stock.Addresses(3, 9),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        true);
        assertThat(told.of(OF_DATA, true, true)).isEqualTo(told);
        assertThat(told.of(OF_DATA, false, true)).isNotEqualTo(told);
    }

    @Test
    void aNodeOfIpv6GetsOnePrefixAndNoMore() {
        assertThat(decided(Scene.of(eni(0, 0)), IPV6, true))
                .containsExactly(new Action.Assign("eni-00", Order.ipv6Prefixes(1)));
        assertThat(decided(Scene.of(withBoth(0, 0)).waiting(40), IPV6, true)).isEmpty();
        assertThat(decided(Scene.of(eni(0, 0), withBoth(1, 0)), IPV6, true)).isEmpty();
    }

    @Test
    void whatWasOrderedIsWaitedFor() {
        Action.Assign assign = new Action.Assign("eni-00", Order.ipv6Prefixes(1));
        assertThat(decided(Scene.of(eni(0, 0)).inFlight(assign), IPV6, true)).isEmpty();
    }

    @Test
    void aPrefixThatNobodyWantsIsGivenBack() {
        assertThat(decided(Scene.of(withBoth(0, 4)), IPV6, false))
                .containsExactly(new Action.Unassign("eni-00", List.of(Enis.prefix6(0))));
        Scene used = Scene.of(withBoth(0, 4)).pod(Cidr.address("2001:db8::1"));
        assertThat(decided(used, IPV6, false)).isEmpty();
    }

    @Test
    void aSubnetThatIsFullOfIpv4StillGivesPrefixesOfIpv6() {
        Action.Assign one = new Action.Assign("eni-00", Order.addresses(1));
        Scene full = Scene.of(eni(0, 0)).refused(one, "subnet-0", Reason.SUBNET_FULL, 1);
        assertThat(decided(full, IPV6, true)).hasSize(1);
        Action.Assign prefix = new Action.Assign("eni-00", Order.ipv6Prefixes(1));
        Scene none = Scene.of(eni(0, 0)).refused(prefix, "subnet-0", Reason.SUBNET_FULL, 1);
        assertThat(decided(none, IPV6, true)).noneMatch(Action.Assign.class::isInstance);
        assertThat(decided(none.waiting(1), Demand.NODE, true)).isNotEmpty();
    }

    @Test
    void whereSomebodyAsksForAnotherSubnetAnInterfaceIsMadeThere() {
        assertThat(decided(Scene.of(eni(0, 4)).waiting(1), OF_DATA, true))
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Create.class,
                        create -> {
                            assertThat(create.config()).isEqualTo(DATA);
                            assertThat(create.subnet()).isEqualTo("subnet-a");
                        });
    }

    @Test
    void whatComesForAnotherKindIsNotCountedOnButTakesItsPlace() {
        Action.Create own = new Action.Create(0, "subnet-a", Order.prefixes(4));
        Roles primary = new Roles(Set.of(), Map.of(0, 1), Set.of(), 0);
        Scene scene = Scene.of(eni(0, 4)).roles(primary).inFlight(own).waiting(1);
        assertThat(decided(scene, OF_DATA, true)).hasSize(1);
        scene.inFlight(own);
        assertThat(decided(scene, OF_DATA, true)).isEmpty();
    }

    @Test
    void anInterfaceForNothingButAnEndedPodIsGivenUp() {
        Scene scene = Scene.of(eni(0, 4), madeFor(DATA, 1, 4)).about(OF_DATA);
        assertThat(Decision.of(scene.situation(), TARGETS.of(OF_DATA, false, false)))
                .isNotEmpty()
                .allMatch(action ->
                        action instanceof Action.Unassign || action instanceof Action.Remove);
        Scene kept = scene.roles(new Roles(Set.of("eni-01"), Map.of(), Set.of(), 0));
        assertThat(Decision.of(kept.situation(), TARGETS.of(OF_DATA, false, false)))
                .noneMatch(Action.Remove.class::isInstance);
    }

    @Test
    void forAnAddressOfOneInterfaceNoOtherIsMadeOrGrown() {
        Demand ofOne = Demand.of(madeFor(DATA, 1, 1), Family.IPV4);
        Scene scene = Scene.of(eni(0, 1), madeFor(DATA, 1, 0)).about(ofOne).waiting(2);
        assertThat(Decision.of(scene.situation(), TARGETS.of(ofOne, false, false)))
                .containsExactly(new Action.Assign("eni-01", Order.prefixes(1)));
        Scene full = Scene.of(eni(0, 1)).about(ofOne).waiting(2);
        assertThat(Decision.of(full.situation(), TARGETS.of(ofOne, false, false))).isEmpty();
    }

    @Test
    void anInterfaceThatComesAnywayIsNotMadeTwiceForIpv6() {
        Demand data6 = new Demand(DATA, Family.IPV6);
        assertThat(decided(Scene.of(eni(0, 4)).waiting(1), data6, true)).hasSize(1);
        Action.Create coming = new Action.Create(DATA, 0, "subnet-a", Order.addresses(1));
        assertThat(decided(Scene.of(eni(0, 4)).waiting(1).inFlight(coming), data6, true)).isEmpty();
    }
}
