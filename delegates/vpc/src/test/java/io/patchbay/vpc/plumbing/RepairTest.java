package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final int LINK = 9;
    private static final int POD = 40;
    private static final EniLink PRIMARY = new EniLink(eni(0, 1), 3, "eth0", true, 9001);
    private static final EniLink ENI = new EniLink(eni(2, 3), LINK, "eth2", true, 9001);
    private static final Cidr OWN = Cidr.parse("10.0.2.4/24");
    private static final Route GATEWAY =
            Route.to(Cidr.parse("10.0.2.1/32")).on(LINK).scope(Scope.LINK).table(3);
    private static final Route DEFAULT =
            Route.to(Cidr.parse("0.0.0.0/0")).via(Cidr.address("10.0.2.1")).on(LINK).table(3);
    private static final Rule RULE = Rule.from(Cidr.parse("10.0.2.4/32"), 32765, 3);
    private static final Route CONNECTED =
            Route.to(Cidr.parse("10.0.2.0/24"))
                    .on(LINK)
                    .source(Cidr.address("10.0.2.4"))
                    .scope(Scope.LINK);

    private static final Route LOCAL =
            Route.to(Cidr.parse("10.0.2.4/32"))
                    .on(LINK)
                    .source(Cidr.address("10.0.2.4"))
                    .scope(Scope.HOST)
                    .table(255);

    private static Link link(int index, boolean up) {
        return new Link(
                index,
                "link" + index,
                "",
                up,
                9001,
                0,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static Repair repair(
            Wanted wanted, List<Cidr> addresses, List<Route> routes, List<Rule> rules) {
        return Repair.of(
                wanted,
                new Present(
                        List.of(link(LINK, true), link(POD, true), link(77, false)),
                        Map.of(LINK, addresses),
                        routes,
                        rules,
                        Map.of(
                                "net/ipv4/ip_forward",
                                "0",
                                "net/ipv4/conf/eth0/rp_filter",
                                "1",
                                "net/ipv4/conf/eth0/forwarding",
                                "1")));
    }

    private static Wanted eniAlone() {
        return NodeState.of(ENI, 0);
    }

    private static Wanted with(EgressPolicy policy, List<EniLink> enis, PodRouting... pods) {
        List<PodLink> links =
                List.of(pods).stream()
                        .map(pod -> new PodLink(PodPaths.of(pod), "eni" + pod.address()))
                        .toList();
        return new NodeState(enis, links, policy, 0).wanted();
    }

    @Test
    void aNewInterfaceGetsAnAddressATableAndARule() {
        assertThat(repair(eniAlone(), List.of(), List.of(), List.of()).changes())
                .isEqualTo(
                        List.of(
                                new AddAddress(LINK, OWN),
                                new AddRoute(GATEWAY),
                                new AddRoute(DEFAULT),
                                new AddRule(RULE)));
    }

    @Test
    void whatIsThereIsLeftAlone() {
        assertThat(
                        repair(
                                        eniAlone(),
                                        List.of(Cidr.parse("fe80::1/64"), OWN),
                                        List.of(LOCAL, DEFAULT, GATEWAY, CONNECTED.on(4)),
                                        List.of(Rule.from(Cidr.parse("10.9.9.9/32"), 9, 9), RULE))
                                .isEmpty())
                .isTrue();
    }

    @Test
    void whatLeadsElsewhereIsReplaced() {
        Route wrong = DEFAULT.via(Cidr.address("10.0.2.9"));
        Rule old = Rule.from(Cidr.parse("10.0.2.4/32"), 32765, 7);
        assertThat(
                        repair(
                                        eniAlone(),
                                        List.of(OWN, Cidr.parse("10.0.2.5/24")),
                                        List.of(LOCAL, GATEWAY, wrong, CONNECTED),
                                        List.of(old, RULE))
                                .changes())
                .isEqualTo(
                        List.of(
                                new DeleteAddress(LINK, Cidr.parse("10.0.2.5/24")),
                                new DeleteRoute(wrong),
                                new AddRoute(DEFAULT),
                                new DeleteRule(old),
                                new DeleteRoute(CONNECTED)));
    }

    @Test
    void aLinkIsSetUpAndGetsItsMtuBeforeItsRoutes() {
        Present down =
                new Present(
                        List.of(link(LINK, false)),
                        Map.of(LINK, List.of(OWN)),
                        List.of(LOCAL, GATEWAY),
                        List.of(RULE),
                        Map.of());
        assertThat(Repair.of(NodeState.of(ENI, 1500), down).changes())
                .isEqualTo(
                        List.of(
                                new SetMtu(LINK, 1500),
                                new SetUp(LINK, true),
                                new AddRoute(DEFAULT)));
    }

    @Test
    void aPodHasARouteAndARuleToItAndOneFromItWhereItsInterfaceIsASecondOne() {
        PodRouting first = new PodRouting(Cidr.address("10.0.0.5"), 254, POD, 2, true);
        PodRouting other = new PodRouting(Cidr.address("10.0.2.5"), 3, POD, 2, true);
        assertThat(
                        repair(
                                        with(EgressPolicy.NONE, List.of(), first, other),
                                        List.of(),
                                        List.of(first.hostRoute().on(8)),
                                        List.of(Rule.from(other.cidr(), 1536, 4)))
                                .changes())
                .isEqualTo(
                        List.of(
                                new DeleteRoute(first.hostRoute().on(8)),
                                new AddRoute(first.hostRoute()),
                                new AddRoute(other.hostRoute()),
                                new AddRule(Rule.to(first.cidr(), 512, 254)),
                                new AddRule(Rule.to(other.cidr(), 512, 254)),
                                new DeleteRule(Rule.from(other.cidr(), 1536, 4)),
                                new AddRule(Rule.from(other.cidr(), 1536, 3))));
    }

    private static Rule unconditional(int priority, int table) {
        return new Rule(
                false, priority, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, table);
    }

    @Test
    void theNodeHasItsSettingsAndIsOnTheNet() {
        Repair repair =
                repair(with(EgressPolicy.NONE, List.of(PRIMARY)), List.of(), List.of(), List.of());
        PrimaryRouting own = PrimaryRouting.of(PRIMARY, Family.IPV4).orElseThrow();
        assertThat(repair.changes())
                .containsExactly(
                        new AddRoute(own.connected()),
                        new AddRoute(Route.to(Cidr.any(false)).via(Cidr.address("10.0.0.1")).on(3)),
                        new AddRule(unconditional(0, 255)),
                        new AddRule(unconditional(32766, 254)),
                        new AddRule(unconditional(32767, 253)));
        assertThat(repair.sysctls())
                .isEqualTo(Map.of("net/ipv4/conf/eth0/rp_filter", "2", "net/ipv4/ip_forward", "1"));
    }

    @Test
    void whereverElseTheNodeHasItsWaysTheyAreLeftAlone() {
        Route another = Route.to(Cidr.any(false)).via(Cidr.address("192.0.2.1")).on(77).metric(100);
        Route gateway = Route.to(Cidr.parse("10.0.0.1/32")).on(77).metric(100);
        assertThat(
                        repair(
                                        with(EgressPolicy.NONE, List.of(PRIMARY)),
                                        List.of(),
                                        List.of(another, gateway),
                                        List.of(
                                                unconditional(20, 255),
                                                unconditional(900, 254),
                                                unconditional(901, 253)))
                                .changes())
                .isEmpty();
    }

    private static Repair ofPrimary(Optional<Integer> master, String... addresses) {
        PrimaryRouting own = PrimaryRouting.of(PRIMARY, Family.IPV4).orElseThrow();
        Link link = link(PRIMARY.link(), true);
        return Repair.of(
                with(EgressPolicy.NONE, List.of(PRIMARY)),
                new Present(
                        List.of(
                                new Link(
                                        link.index(),
                                        link.name(),
                                        "",
                                        true,
                                        9001,
                                        0,
                                        Optional.empty(),
                                        master.map(OptionalInt::of).orElse(OptionalInt.empty()),
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty())),
                        Map.of(
                                PRIMARY.link(),
                                List.of(addresses).stream().map(Cidr::parse).toList()),
                        List.of(own.connected(), own.defaultRoute()),
                        List.of(
                                unconditional(0, 255),
                                unconditional(32766, 254),
                                unconditional(32767, 253)),
                        Map.of()));
    }

    @Test
    void thePrimaryInterfaceHasItsAddressUnlessItIsPartOfAnotherLink() {
        Cidr own = PRIMARY.own(Family.IPV4).orElseThrow();
        assertThat(ofPrimary(Optional.empty(), "10.0.0.250/24").changes())
                .containsExactly(new AddAddress(PRIMARY.link(), own));
        assertThat(ofPrimary(Optional.of(8), "10.0.0.250/24").changes()).isEmpty();
        // Of another prefix it is the network manager's, with its route.
        assertThat(ofPrimary(Optional.empty(), Cidr.text(own.address()) + "/32").changes())
                .isEmpty();
    }

    @Test
    void aPodsEndOnTheHostHasNoIpv6() {
        PodRouting pod = new PodRouting(Cidr.address("10.0.0.5"), 254, POD, 2, true);
        String key = "net/ipv6/conf/eni9/disable_ipv6";
        Wanted wanted =
                new NodeState(
                                List.of(),
                                List.of(new PodLink(PodPaths.of(pod), "eni9")),
                                EgressPolicy.NONE,
                                0)
                        .wanted();
        assertThat(wanted.sysctls()).isEqualTo(Map.of(key, "1"));
        assertThat(repair(wanted, List.of(), List.of(), List.of()).sysctls()).isEmpty();
    }

    @Test
    void marksAndExternalServicesHaveRules() {
        EgressPolicy policy =
                new EgressPolicy(
                        EgressPolicy.Snat.EXTERNAL,
                        true,
                        0x40,
                        List.of(),
                        List.of(Cidr.parse("192.0.2.0/24")),
                        Set.of());
        Rule marked =
                new Rule(
                        false,
                        1024,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0x40,
                        0x40,
                        254);
        assertThat(
                        repair(with(policy, List.of(PRIMARY)), List.of(), List.of(), List.of())
                                .changes())
                .contains(
                        new AddRule(marked),
                        new AddRule(Rule.to(Cidr.parse("192.0.2.0/24"), 1535, 254)));
    }

    @Test
    void aNodeWithoutAVpcIsNotChanged() {
        assertThat(
                        repair(
                                        with(EgressPolicy.AMAZON, List.of()),
                                        List.of(),
                                        List.of(),
                                        List.of())
                                .isEmpty())
                .isTrue();
    }
}
