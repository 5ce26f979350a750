package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@KernelTest
class LayerThreeKernelTest extends InPrivateNetns {
    private static final int BASE = 30;

    private Rtnl rtnl;

    @BeforeEach
    void makeBase() {
        witness.run("ip link add index 30 name base type veth peer index 31 name far");
        witness.run("ip link set base up");
        witness.run("ip link set far up");
        witness.run("ip address add 10.9.0.1/24 dev base");
        witness.run("ip address add 2001:db8:9::1/64 dev base nodad");
        rtnl = netns.rtnl();
    }

    @Test
    void addressesAreAddedAndAnIpv6OneIsUsableAtOnce() {
        rtnl.apply(
                new Change.AddAddress(BASE, Cidr.parse("10.1.2.3/24")),
                new Change.AddAddress(BASE, Cidr.parse("10.2.0.1/32")),
                new Change.AddAddress(BASE, Cidr.parse("2001:db8::5/64")));
        assertThat(witness.run("ip -j address show dev base"))
                .contains("\"local\":\"10.1.2.3\",\"prefixlen\":24,\"broadcast\":\"10.1.2.255\"")
                .contains("\"local\":\"10.2.0.1\",\"prefixlen\":32,\"scope\"")
                .contains("\"local\":\"2001:db8::5\",\"prefixlen\":64")
                .contains("\"nodad\":true")
                .doesNotContain(
                        "{\"family\":\"inet6\",\"local\":\"2001:db8::5\",\"prefixlen\":64,\"scope\":\"global\",\"tentative\"");
        assertThat(rtnl.addresses(BASE))
                .contains(
                        Cidr.parse("10.9.0.1/24"),
                        Cidr.parse("10.1.2.3/24"),
                        Cidr.parse("10.2.0.1/32"),
                        Cidr.parse("2001:db8::5/64"));
        assertThat(rtnl.addresses(31)).noneMatch(cidr -> !cidr.isIpv6());
    }

    @Test
    void anAddressThatIsThereExistsAndOneThatIsNotIsAbsent() {
        Change add = new Change.AddAddress(BASE, Cidr.parse("10.1.2.3/24"));
        Change delete = new Change.DeleteAddress(BASE, Cidr.parse("10.1.2.3/24"));
        rtnl.apply(add);
        assertThat(refusal(add).exists()).isTrue();
        rtnl.apply(delete);
        assertThat(witness.run("ip -j address show dev base")).doesNotContain("10.1.2.3");
        assertThat(refusal(delete).isAbsent()).isTrue();
        Change v6 = new Change.DeleteAddress(BASE, Cidr.parse("2001:db8::77/64"));
        assertThat(refusal(v6).isAbsent()).isTrue();
    }

    private KernelException refusal(Change change) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                KernelException.class, () -> rtnl.apply(change));
    }

    private static Route via(String destination, String gateway) {
        return Route.to(Cidr.parse(destination)).on(BASE).via(Cidr.address(gateway));
    }

    @Test
    void aTableIsInUseByARouteOfAnyTypeAndByARuleOfAnyKind() {
        witness.run("ip route add 10.50.0.0/16 dev base table 1001");
        witness.run("ip route add blackhole 10.51.0.0/16 table 1002");
        witness.run("ip -6 route add unreachable 2001:db8:1::/48 table 103");
        witness.run("ip route add 10.52.0.0/16 table 104 nexthop dev base nexthop dev far");
        witness.run("ip rule add from 10.9.0.1 table 105");
        witness.run("ip -6 rule add ipproto udp sport 53 table 1006");
        assertThat(rtnl.tables(0)).contains(1001, 1002, 103, 104, 105, 1006, Route.MAIN);
        assertThat(rtnl.tables(BASE))
                .contains(1002, 103, 104, 105, 1006)
                .doesNotContain(1001, 0, 100);
    }

    @Test
    void routesOfEveryShapeAreAddedShownAndDeleted() {
        List<Route> routes =
                List.of(
                        via("0.0.0.0/0", "10.9.0.2").metric(100),
                        via("10.50.0.0/16", "10.9.0.2").mtu(1400).advmss(1300),
                        Route.to(Cidr.parse("10.51.0.0/16"))
                                .on(BASE)
                                .scope(Route.Scope.LINK)
                                .source(Cidr.address("10.9.0.1")),
                        Route.to(Cidr.parse("10.54.0.0/16")).on(BASE),
                        via("10.53.0.0/16", "2001:db8:9::2"),
                        via("::/0", "2001:db8:9::2").metric(7),
                        via("2001:db8:55::/48", "2001:db8:9::2").metric(8).mtu(1400));
        rtnl.apply(routes.stream().map(Change.AddRoute::new).toList());
        assertThat(witness.run("ip -j -d route show table main"))
                .contains("\"dst\":\"default\",\"gateway\":\"10.9.0.2\",\"dev\":\"base\"")
                .contains(
                        "\"protocol\":\"static\"",
                        "\"metric\":100",
                        "\"mtu\":1400",
                        "\"advmss\":1300")
                .contains(
                        "\"dst\":\"10.51.0.0/16\"",
                        "\"scope\":\"link\"",
                        "\"prefsrc\":\"10.9.0.1\"")
                .contains("\"via\":{\"family\":\"inet6\",\"host\":\"2001:db8:9::2\"}");
        assertThat(witness.run("ip -6 -j -d route show table main"))
                .contains("\"dst\":\"default\",\"gateway\":\"2001:db8:9::2\"", "\"metric\":7");
        assertThat(rtnl.routes(Route.MAIN)).containsAll(routes);
        rtnl.apply(routes.stream().map(Change.DeleteRoute::new).toList());
        assertThat(witness.run("ip -j route show table main"))
                .doesNotContain("default", "10.50.0.0", "10.51.0.0", "10.53.0.0", "10.54.0.0");
        assertThat(witness.run("ip -6 -j route show table main")).doesNotContain("default");
    }

    @Test
    void aTableIsShownAloneAndOneThatDoesNotExistIsEmpty() {
        Route small = via("10.60.0.0/16", "10.9.0.2").table(100);
        Route large = via("10.61.0.0/16", "10.9.0.2").table(70000);
        Route huge = via("10.62.0.0/16", "10.9.0.2").table(0xFFFF_FF00);
        rtnl.apply(
                new Change.AddRoute(small), new Change.AddRoute(large), new Change.AddRoute(huge));
        assertThat(witness.run("ip -j route show table 100")).contains("10.60.0.0/16");
        assertThat(witness.run("ip -j route show table 70000")).contains("10.61.0.0/16");
        assertThat(witness.run("ip -j route show table 4294967040")).contains("10.62.0.0/16");
        assertThat(rtnl.routes(100)).containsExactly(small);
        assertThat(rtnl.routes(70000)).containsExactly(large);
        assertThat(rtnl.routes(0xFFFF_FF00)).containsExactly(huge);
        assertThat(rtnl.routes(4711)).isEmpty();
    }

    @Test
    void aRouteThatIsThereExistsAndOneThatIsNotIsAbsent() {
        Change add = new Change.AddRoute(via("10.60.0.0/16", "10.9.0.2"));
        Change delete = new Change.DeleteRoute(via("10.60.0.0/16", "10.9.0.2"));
        rtnl.apply(add);
        assertThat(refusal(add).exists()).isTrue();
        rtnl.apply(delete);
        assertThat(refusal(delete).isAbsent()).isTrue();
        assertThat(refusal(new Change.AddRoute(via("10.60.0.0/16", "10.200.0.1"))))
                .hasMessageContaining("kernel: Nexthop has invalid gateway");
    }

    @Test
    void rulesOfEveryShapeAreAddedShownAndDeleted() {
        List<Rule> rules =
                List.of(
                        Rule.from(Cidr.parse("10.9.0.1/32"), 1000, 100),
                        Rule.to(Cidr.parse("10.60.0.0/16"), 1001, 70000),
                        Rule.from(Cidr.parse("2001:db8:9::1/128"), 1002, 100),
                        new Rule(
                                false,
                                1003,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("base"),
                                0x80,
                                0xFF,
                                Route.MAIN));
        rtnl.apply(rules.stream().map(Change.AddRule::new).toList());
        assertThat(witness.run("ip -j rule"))
                .contains("\"priority\":1000,\"src\":\"10.9.0.1\",\"table\":\"100\"")
                .contains("\"priority\":1001,\"src\":\"all\",\"dst\":\"10.60.0.0\",\"dstlen\":16")
                .contains("\"table\":\"70000\"")
                .contains("\"fwmark\":\"0x80\",\"fwmask\":\"0xff\",\"iif\":\"base\"");
        assertThat(witness.run("ip -6 -j rule")).contains("\"src\":\"2001:db8:9::1\"");
        assertThat(rtnl.rules()).containsAll(rules);
        assertThat(refusal(new Change.AddRule(rules.getFirst())).exists()).isTrue();
        rtnl.apply(rules.stream().map(Change.DeleteRule::new).toList());
        assertThat(witness.run("ip -j rule")).doesNotContain("100");
        assertThat(refusal(new Change.DeleteRule(rules.getFirst())).isAbsent()).isTrue();
    }

    @Test
    void aRuleFromAnywhereMatchesAll() {
        rtnl.apply(new Change.AddRule(Rule.from(Cidr.any(false), 500, 100)));
        assertThat(witness.run("ip -j rule")).contains("\"priority\":500,\"src\":\"all\"");
    }

    @Test
    void neighboursAreAddedShownAndDeleted() {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:07");
        Neighbour v4 = new Neighbour(BASE, Cidr.address("10.9.0.7"), mac, true);
        Neighbour v6 = new Neighbour(BASE, Cidr.address("2001:db8:9::7"), mac, false);
        rtnl.apply(new Change.AddNeighbour(v4), new Change.AddNeighbour(v6));
        assertThat(witness.run("ip -j neighbour show dev base"))
                .contains(
                        "\"dst\":\"10.9.0.7\",\"lladdr\":\"02:00:00:00:00:07\",\"state\":[\"PERMANENT\"]")
                .contains(
                        "\"dst\":\"2001:db8:9::7\",\"lladdr\":\"02:00:00:00:00:07\",\"state\":[\"REACHABLE\"]");
        assertThat(rtnl.neighbours(BASE)).containsExactlyInAnyOrder(v4, v6);
        assertThat(rtnl.neighbours(31)).isEmpty();
        assertThat(refusal(new Change.AddNeighbour(v4)).exists()).isTrue();
        rtnl.apply(new Change.DeleteNeighbour(v4), new Change.DeleteNeighbour(v6));
        assertThat(witness.run("ip -j neighbour show dev base")).doesNotContain("PERMANENT");
        assertThat(refusal(new Change.DeleteNeighbour(v4)).isAbsent()).isTrue();
    }

    @Test
    void aThousandChangesAreOneSend() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            changes.add(
                    new Change.AddRoute(
                            via("10.%d.%d.0/24".formatted(100 + i / 250, i % 250), "10.9.0.2")));
        }
        rtnl.apply(changes);
        assertThat(rtnl.routes(Route.MAIN)).hasSizeGreaterThan(1000);
        assertThat(witness.run("ip route show table main proto static").lines()).hasSize(1000);
        assertThatThrownBy(() -> rtnl.apply(changes))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("add route 10.100.0.0/24 via 10.9.0.2 on link 30");
    }
}
