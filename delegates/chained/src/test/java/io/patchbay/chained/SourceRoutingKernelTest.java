package io.patchbay.chained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Source-based routing on two networks of a pod, and each defect that the reference plugin has in
/// it.
@Tag("kernel")
class SourceRoutingKernelTest extends OnCables {
    private static final String DEFAULTS =
            "\"routes\": [{\"dst\": \"0.0.0.0/0\"}, {\"dst\": \"::/0\"}],";

    @Test
    void whatAnAddressSendsAndAnswersLeavesByItsOwnLinkInBothFamilies() {
        rig.add(pod, network("a", DEFAULTS, SBR), network("b", DEFAULTS, SBR));

        for (String source : List.of("10.7.0.2", "10.8.0.2")) {
            assertThat(Cables.pings(pod, source, "192.0.2.1")).as("from " + source).isTrue();
            assertThat(Cables.pings(router, "192.0.2.1", source)).as("to " + source).isTrue();
        }
        for (String source : List.of("fd07::2", "fd08::2")) {
            assertThat(Cables.pings(pod, source, "2001:db8::1")).as("from " + source).isTrue();
            assertThat(Cables.pings(router, "2001:db8::1", source)).as("to " + source).isTrue();
        }
        rig.check(pod);
    }

    @Test
    void withoutItTheSecondNetworkIsNotHeard() {
        rig.add(
                pod,
                network("a", DEFAULTS, "{\"type\": \"tuning\"}"),
                network("b", DEFAULTS, "{\"type\": \"tuning\"}"));

        assertThat(Cables.pings(pod, "10.7.0.2", "192.0.2.1")).isTrue();
        assertThat(pod.witness().attempt("ping", "-c1", "-w2", "-I10.8.0.2", "192.0.2.1").status())
                .isNotZero();
    }

    @Test
    void eachAddressHasATableAndTheMainOneKeepsWhatIsOfTheLinkAlone() {
        rig.add(pod, network("a", "", SBR));

        assertThat(shown("ip rule")).contains("32765:	from 10.7.0.2 lookup 100");
        assertThat(shown("ip -6 rule")).contains("32765:	from fd07::2 lookup 101");
        assertThat(shown("ip route show table 100"))
                .contains("default via 10.7.0.1 dev eth0", "10.7.0.0/24 dev eth0")
                .contains("scope link src 10.7.0.2");
        assertThat(shown("ip -6 route show table 101"))
                .contains("default via fd07::1 dev eth0", "fd07::/64 dev eth0");
        assertThat(shown("ip route")).isEmpty();
        assertThat(shown("ip -6 route")).contains("fe80::/64").doesNotContain("fd07");
    }

    /// containernetworking/plugins #654 and #893: `ips` brings no gateway.
    @Test
    void anAddressWithoutAGatewayGetsThatOfItsFamily() {
        String ipam = Cables.fixed("", "10.7.0.9/24", "fd07::9/64");
        rig.add(
                pod,
                Cables.network(
                        "a",
                        ipam,
                        "{\"type\": \"sbr\", \"gateways\": [\"10.7.0.1\", \"fd07::1\"]}"));

        assertThat(shown("ip route show table 100")).contains("default via 10.7.0.1 dev eth0");
        assertThat(shown("ip -6 route show table 101")).contains("default via fd07::1 dev eth0");
        assertThat(Cables.pings(pod, "10.7.0.9", "192.0.2.1")).isTrue();
    }

    @Test
    void anAddressWithoutAnyGatewayIsRefusedUnlessTheNetworkHasNoWayOut() {
        String ipam = Cables.fixed("", "10.7.0.9/24");
        refused(Cables.network("a", ipam, SBR), "10.7.0.9/24", "gateways", "defaultRoute");

        rig.add(pod, Cables.network("a", ipam, "{\"type\": \"sbr\", \"defaultRoute\": false}"));

        assertThat(shown("ip route show table 100"))
                .contains("10.7.0.0/24")
                .doesNotContain("default");
        rig.check(pod);
    }

    /// openshift/containernetworking-plugins #222: the default routes are told, and no gateways.
    @Test
    void theDefaultRoutesThatAreToldAreMovedInBothFamilies() {
        String ipam =
                Cables.fixed(
                        "\"routes\": [{\"dst\": \"0.0.0.0/0\", \"gw\": \"10.7.0.1\"}, {\"dst\": \"::/0\", \"gw\": \"fd07::1\"}],",
                        "10.7.0.9/24",
                        "fd07::9/64");
        rig.add(pod, Cables.network("a", ipam, SBR));

        assertThat(shown("ip route show table 100")).contains("default via 10.7.0.1 dev eth0");
        assertThat(shown("ip -6 route show table 101")).contains("default via fd07::1 dev eth0");
        assertThat(shown("ip -6 route")).doesNotContain("default");
        rig.check(pod);
    }

    @Test
    void severalAddressesOfAFamilyEachHaveTheRoutesThatAreTheirs() {
        String ipam =
                Cables.fixed(
                        "\"routes\": [{\"dst\": \"10.50.0.0/16\", \"gw\": \"10.7.0.1\"}, {\"dst\": \"10.51.0.0/16\", \"gw\": \"10.9.0.1\"}],",
                        "10.7.0.9/24",
                        "10.9.0.9/24");
        rig.add(pod, Cables.network("a", ipam, "{\"type\": \"sbr\", \"defaultRoute\": false}"));

        assertThat(shown("ip rule"))
                .contains("32765:	from 10.7.0.9 lookup 100", "32764:	from 10.9.0.9 lookup 101");
        assertThat(shown("ip route show table 100"))
                .contains("10.7.0.0/24", "10.50.0.0/16 via 10.7.0.1")
                .doesNotContain("10.9.0.0", "10.51.0.0");
        assertThat(shown("ip route show table 101"))
                .contains("10.9.0.0/24", "10.51.0.0/16 via 10.9.0.1")
                .doesNotContain("10.7.0.0", "10.50.0.0");
    }

    /// The reference deletes it from the main table, and puts it nowhere.
    @Test
    void aRouteByAGatewayOfNobodysSubnetIsNotLost() {
        String ipam =
                Cables.fixed(
                        "\"routes\": [{\"dst\": \"10.99.0.1/32\", \"scope\": 253}, {\"dst\": \"10.50.0.0/16\", \"gw\": \"10.99.0.1\"}],",
                        "10.7.0.9/24");
        rig.add(pod, Cables.network("a", ipam, "{\"type\": \"sbr\", \"defaultRoute\": false}"));

        assertThat(shown("ip route show table 100"))
                .contains("10.99.0.1 dev eth0", "10.50.0.0/16 via 10.99.0.1 dev eth0");
        rig.check(pod);
    }

    /// The reference looks for routes in the main table alone.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip route add 198.51.100.0/24 dev lo table 100",
                "ip route add blackhole 198.51.100.0/24 table 100",
                "ip -6 route add unreachable 2001:db8:5::/48 table 100",
                "ip rule add fwmark 7 table 100",
                "ip -6 rule add ipproto udp table 100"
            })
    void aTableThatSomebodyUsesIsLeftToThem(String use) {
        shown("ip link set lo up");
        shown(use);
        refused(network("a", "", "{\"type\": \"sbr\", \"table\": 100}"), "table 100", "in use");
        refused(
                network("a", "", "{\"type\": \"sbr\", \"tables\": [100, 200]}"),
                "table 100",
                "in use");

        rig.add(pod, network("a", "", SBR));

        assertThat(shown("ip rule")).contains("from 10.7.0.").contains("lookup 101");
        assertThat(shown("ip -6 rule")).contains("lookup 102");
    }

    @Test
    void declaredTablesAndThePriorityAreThoseOfTheRules() {
        String sbr = "{\"type\": \"sbr\", \"tables\": [1001, 1002], \"priority\": 500}";
        rig.add(pod, network("a", "", sbr));

        assertThat(shown("ip rule")).contains("500:	from 10.7.0.2 lookup 1001");
        assertThat(shown("ip -6 rule")).contains("500:	from fd07::2 lookup 1002");
        assertThat(shown("ip route show table 1001")).contains("default via 10.7.0.1");
        rig.check(pod);
    }

    @Test
    void twoNetworksThatDeclareOneTableAreRefusedAndNothingIsLeft() {
        Snapshot inside = pod.snapshot();
        String sbr = "{\"type\": \"sbr\", \"tables\": [1001, 1002]}";
        assertThatThrownBy(() -> rig.add(pod, network("a", "", sbr), network("b", "", sbr)))
                .hasMessageContainingAll("table 1001", "in use");
        assertThat(pod.snapshot().since(inside)).isEmpty();
    }

    @Test
    void fewerTablesThanAddressesAreRefused() {
        refused(
                network("a", "", "{\"type\": \"sbr\", \"tables\": [1001]}"),
                "\"tables\"",
                "[1001]",
                "fd07::");
    }

    /// The routes of the table are the lease's (CNI 1.1), and none is moved.
    @Test
    void oneTableIsLookedUpWhoseRoutesAreOthers() {
        String routes =
                "\"routes\": [{\"dst\": \"0.0.0.0/0\", \"gw\": \"10.8.0.1\", \"table\": 5001}],";
        String sbr = "{\"type\": \"sbr\", \"table\": 5001}";
        rig.add(pod, network("a", DEFAULTS, "{\"type\": \"tuning\"}"), network("b", routes, sbr));

        assertThat(shown("ip rule")).contains("from 10.8.0.2 lookup 5001");
        assertThat(shown("ip -6 rule")).contains("from fd08::2 lookup 5001");
        assertThat(shown("ip route")).contains("10.8.0.0/24 dev net1");
        assertThat(Cables.pings(pod, "10.8.0.2", "192.0.2.1")).isTrue();
        rig.check(pod);
    }

    @Test
    void delTakesItsOwnRulesAndNoOthersOfTheAddress() {
        rig.add(pod, network("a", "", SBR));
        shown("ip rule add from 10.7.0.2 table 300 priority 700");
        shown("ip address del 10.7.0.2/24 dev eth0");

        rig.del(pod);

        assertThat(shown("ip rule"))
                .contains("700:	from 10.7.0.2 lookup 300")
                .doesNotContain("lookup 100");
        assertThat(shown("ip -6 rule")).doesNotContain("fd07");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip rule del from 10.7.0.2 table 100",
                "ip -6 rule del from fd07::2 table 101",
                "ip route del default table 100",
                "ip -6 route del default table 101",
                "ip route flush table 100"
            })
    void checkFindsWhatIsGone(String loss) {
        rig.add(pod, network("a", "", SBR));
        rig.check(pod);
        shown(loss);

        assertThatThrownBy(() -> rig.check(pod))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(100));
    }

    @Test
    void withSourceHintsTheMainTableKeepsTheRoutes() {
        String routes = "\"routes\": [{\"dst\": \"192.0.2.0/24\"}],";
        rig.add(pod, network("a", routes, "{\"type\": \"sbr\", \"addSourceHints\": true}"));

        assertThat(shown("ip route"))
                .contains("10.7.0.0/24 dev eth0")
                .contains("192.0.2.0/24 via 10.7.0.1 dev eth0")
                .contains("src 10.7.0.2");
        assertThat(shown("ip route show table 100")).contains("192.0.2.0/24 via 10.7.0.1");
        assertThat(shown("ip -6 route")).contains("fd07::/64 dev eth0", "src fd07::2");
        pod.witness().run("ping", "-c", "1", "-w", "10", "192.0.2.1");
    }

    @Test
    void aGatewayOutsideOfTheSubnetIsReached() {
        rig.add(
                pod,
                Cables.network(
                        "a",
                        Cables.fixed("", "10.66.0.9/32"),
                        "{\"type\": \"sbr\", \"gateways\": [\"10.7.0.1\"]}"));
        Cables.run(router.witness(), "ip route add 10.66.0.9/32 dev a1");

        assertThat(Cables.pings(pod, "10.66.0.9", "192.0.2.1")).isTrue();
        rig.check(pod);
    }

    @Test
    void whatHasNoLinkOrNoAddressIsRefused() {
        refused(
                "{\"cniVersion\": \"1.1.0\", \"name\": \"lone\", \"type\": \"sbr\"}",
                "eth0",
                "chain");
        refused(
                "{\"cniVersion\": \"1.1.0\", \"name\": \"bare\", \"plugins\": [{\"type\": \"macvlan\", \"master\": \"a0\"}, %s]}"
                        .formatted(SBR),
                "no address");
    }

    @Test
    void delOfALinkThatStaysPutsItsRoutesBack() {
        rig.add(pod, network("a", DEFAULTS, SBR));
        shown("ip link set eth0 group default");

        assertThatCode(() -> rig.del(pod)).doesNotThrowAnyException();

        assertThat(shown("ip route"))
                .contains("default via 10.7.0.1 dev eth0", "10.7.0.0/24 dev eth0");
        assertThat(shown("ip -6 route")).contains("default via fd07::1", "fd07::/64 dev eth0");
        assertThat(shown("ip route show table all")).doesNotContain("table 100");
    }
}
