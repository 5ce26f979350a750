package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a pod's default routes go when its networks are asked to carry them (row N23).
@Tag("kernel")
class DefaultRouteKernelTest {
    private static final Pattern ROUTE =
            Pattern.compile("\"gateway\":\"([^\"]+)\",\"dev\":\"([^\"]+)\"");

    private static final String DEFAULTS = "\"isDefaultGateway\": true, ";

    /// A pod's first network, with a default route of each family.
    private static final String FIRST = network("b0", DEFAULTS, "10.7.0.5/24", "fd07::5/64");

    /// The same network's second pod.
    private static final String FIRST_TOO = network("b0", DEFAULTS, "10.7.0.6/24", "fd07::6/64");

    private static final String ROUTER =
            """
            use Socket qw(:all);
            socket(my $s, AF_INET6, SOCK_RAW, 58) or die "socket: $!";
            open(my $f, '<', "/proc/net/if_inet6") or die;
            my ($index) = map { hex((split)[1]) } grep { / $ARGV[0]$/ } <$f>;
            setsockopt($s, IPPROTO_IPV6, 18, pack('i', 255)) or die "hops: $!";
            my $from = Socket::pack_sockaddr_in6(0, inet_pton(AF_INET6, 'fe80::99'), $index);
            bind($s, $from) or die "bind: $!";
            my $prefix = pack('CCCCNNN', 3, 4, 64, 0xc0, 3600, 3600, 0)
                . inet_pton(AF_INET6, '2001:db8:7::');
            my $packet = pack('CCnCCnNN', 134, 0, 0, 64, 0, 1800, 0, 0) . $prefix;
            send($s, $packet, 0,
                Socket::pack_sockaddr_in6(0, inet_pton(AF_INET6, 'ff02::1'), $index)) or die "send: $!";
            """;

    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new BridgeProvider());
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    private static String network(String bridge, String keys, String... addresses) {
        return """
        {"cniVersion": "1.1.0", "name": "%1$s", "type": "bridge", "bridge": "%1$s", %2$s
         "ipam": {"type": "static", "addresses": [%3$s]}}\
        """
                .formatted(
                        bridge,
                        keys,
                        Stream.of(addresses)
                                .map("{\"address\": \"%s\"}"::formatted)
                                .collect(Collectors.joining(", ")));
    }

    private static String selection(String gateways) {
        return "{\"name\": \"n\", \"default-route\": %s}".formatted(gateways.replace('\'', '"'));
    }

    private static String unasked() {
        return "{\"name\": \"n\"}";
    }

    /// The default routes of a family as ip(8) tells them, such as `10.7.0.1 eth0`.
    private static List<String> defaults(RigPod pod, String family) {
        String json = pod.witness().run("ip", "-j", family, "route", "show", "default");
        return ROUTE.matcher(json)
                .results()
                .map((MatchResult route) -> route.group(1) + " " + route.group(2))
                .toList();
    }

    private static List<String> told(AttachedNetwork network) {
        return network.result().routes().stream()
                .filter(route -> route.destination().prefix() == 0)
                .map(CniResult.Route::gateway)
                .map(gateway -> gateway.orElseThrow().getHostAddress())
                .toList();
    }

    @Test
    @DisplayName("row N23: the route moves, the other family's stays, and the results tell it")
    void n23_theRouteOfTheFamilyMovesAndTheResultsTellIt() {
        try (RigPod pod = new RigPod("one")) {
            List<AttachedNetwork> networks =
                    rig.add(
                            pod,
                            List.of(unasked(), selection("['10.8.0.1']")),
                            List.of(FIRST, network("b1", "", "10.8.0.5/24", "fd08::5/64")));

            assertThat(defaults(pod, "-4")).containsExactly("10.8.0.1 net1");
            assertThat(defaults(pod, "-6")).containsExactly("fd07::1 eth0");
            assertThat(told(networks.get(0))).containsExactly("fd07:0:0:0:0:0:0:1");
            assertThat(told(networks.get(1))).containsExactly("10.8.0.1");
            assertThatCode(() -> rig.check(pod)).doesNotThrowAnyException();
            pod.witness().run("ip", "route", "del", "default");
            assertThatThrownBy(() -> rig.check(pod)).hasMessageContaining("0.0.0.0/0 via 10.8.0.1");
            rig.del(pod);
        }
    }

    @Test
    @DisplayName("row N23: the families go by different networks")
    void theFamiliesGoByDifferentNetworks() {
        try (RigPod pod = new RigPod("one")) {
            List<AttachedNetwork> networks =
                    rig.add(
                            pod,
                            List.of(unasked(), selection("['10.8.0.1']"), selection("['fd09::9']")),
                            List.of(
                                    FIRST,
                                    network("b1", "", "10.8.0.5/24", "fd08::5/64"),
                                    network("b2", "", "10.9.0.5/24", "fd09::5/64")));

            assertThat(defaults(pod, "-4")).containsExactly("10.8.0.1 net1");
            assertThat(defaults(pod, "-6")).containsExactly("fd09::9 net2");
            assertThat(told(networks.get(0))).isEmpty();
            rig.check(pod);
        }
    }

    @Test
    @DisplayName("row N23: with an empty list the plugin's own route stays and all others go")
    void withAnEmptyListThePluginsOwnRouteStaysAndAllOthersGo() {
        try (RigPod pod = new RigPod("one")) {
            List<AttachedNetwork> networks =
                    rig.add(
                            pod,
                            List.of(unasked(), selection("[]"), unasked()),
                            List.of(
                                    FIRST,
                                    network("b1", DEFAULTS, "10.8.0.5/24"),
                                    network("b2", DEFAULTS, "10.9.0.5/24", "fd09::5/64")));

            assertThat(defaults(pod, "-4")).containsExactly("10.8.0.1 net1");
            assertThat(defaults(pod, "-6"))
                    .as("its plugin made no route of this family")
                    .contains("fd07::1 eth0", "fd09::1 net2");
            assertThat(told(networks.get(0))).containsExactly("fd07:0:0:0:0:0:0:1");
            assertThat(told(networks.get(1))).containsExactly("10.8.0.1");
            rig.check(pod);
        }
    }

    @Test
    @DisplayName("row N23: where nothing is asked nothing is moved")
    void whereNothingIsAskedNothingIsMoved() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, FIRST, network("b1", DEFAULTS, "10.8.0.5/24"));

            assertThat(defaults(pod, "-4")).containsExactly("10.7.0.1 eth0", "10.8.0.1 net1");
            rig.check(pod);
        }
    }

    @Test
    void theRouteThatABinaryPutsInFrontOfTheDefaultNetworksIsPutBehindIt() {
        String binary =
                """
                {"cniVersion": "1.0.0", "name": "p", "type": "ptp",
                 "ipam": {"type": "host-local", "dataDir": "%s",
                          "routes": [{"dst": "0.0.0.0/0"}, {"dst": "::/0"}],
                          "ranges": [[{"subnet": "10.9.0.0/24"}], [{"subnet": "fd09::/64"}]]}}
                """
                        .formatted(state.resolve("leases"));
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, FIRST, binary);

            assertThat(defaults(pod, "-4")).containsExactly("10.7.0.1 eth0", "10.9.0.1 net1");
            assertThat(defaults(pod, "-6")).containsExactly("fd07::1 eth0", "fd09::1 net1");
            rig.check(pod);
            rig.del(pod);
        }
    }

    @Test
    void theClaimantsOwnRouteIsReplacedAndTheDefaultNetworkMayBeTheClaimant() {
        try (RigPod pod = new RigPod("one")) {
            List<AttachedNetwork> networks =
                    rig.add(
                            pod,
                            List.of(selection("['10.7.0.9', 'fd07::9']"), unasked()),
                            List.of(FIRST, network("b1", DEFAULTS, "10.8.0.5/24")));

            assertThat(defaults(pod, "-4")).containsExactly("10.7.0.9 eth0");
            assertThat(defaults(pod, "-6")).containsExactly("fd07::9 eth0");
            assertThat(told(networks.get(1))).isEmpty();
            rig.check(pod);
        }
    }

    @Test
    void routesOfEveryMetricGoAndThoseOfOtherTablesStay() {
        String ipam =
                """
                {"cniVersion": "1.1.0", "name": "b0", "type": "bridge", "bridge": "b0",
                 "ipam": {"type": "static",
                          "addresses": [{"address": "10.7.0.5/24"}, {"address": "fd07::5/64"}],
                          "routes": [{"dst": "0.0.0.0/0", "gw": "10.7.0.1"},
                                     {"dst": "0.0.0.0/0", "gw": "10.7.0.1", "priority": 50},
                                     {"dst": "0.0.0.0/0", "gw": "10.7.0.2", "priority": 70},
                                     {"dst": "0.0.0.0/0", "gw": "10.7.0.3", "table": 100},
                                     {"dst": "::/0", "gw": "fd07::1", "priority": 9},
                                     {"dst": "::/0", "gw": "fd07::2", "priority": 2000}]}}
                """;
        try (RigPod pod = new RigPod("one")) {
            rig.add(
                    pod,
                    List.of(unasked(), selection("['10.8.0.1', 'fd08::1']")),
                    List.of(ipam, network("b1", "", "10.8.0.5/24", "fd08::5/64")));

            assertThat(defaults(pod, "-4")).containsExactly("10.8.0.1 net1");
            assertThat(defaults(pod, "-6")).containsExactly("fd08::1 net1");
            assertThat(pod.witness().run("ip", "route", "show", "table", "100"))
                    .contains("default via 10.7.0.3 dev eth0");
            rig.check(pod);
        }
    }

    @Test
    void routesOfSeveralHopsGoToo() {
        try (RigPod pod = new RigPod("one")) {
            run(pod, "ip link add veth0 type veth peer name veth1");
            run(pod, "ip link set veth0 up");
            run(pod, "ip link set veth1 up");
            run(pod, "ip address add 10.99.0.1/24 dev veth0");
            run(pod, "ip address add fd99::1/64 dev veth0 nodad");
            run(
                    pod,
                    "ip route add default nexthop via 10.99.0.2 dev veth0 nexthop via 10.99.0.3 dev veth0");
            run(
                    pod,
                    "ip -6 route add default nexthop via fd99::2 dev veth0 nexthop via fd99::3 dev veth0 nexthop via fd99::4 dev veth0");
            rig.add(
                    pod,
                    List.of(unasked(), selection("['10.8.0.1', 'fd08::1']")),
                    List.of(
                            network("b0", "", "10.7.0.5/24"),
                            network("b1", "", "10.8.0.5/24", "fd08::5/64")));

            assertThat(defaults(pod, "-4")).containsExactly("10.8.0.1 net1");
            assertThat(defaults(pod, "-6")).containsExactly("fd08::1 net1");
        }
    }

    private static void run(RigPod pod, String command) {
        pod.witness().run(command.split(" "));
    }

    @Test
    void aRouterOfAnotherNetworkDoesNotBringItsDefaultRouteBack() {
        try (RigPod control = new RigPod("control");
                RigPod pod = new RigPod("one")) {
            rig.add(control, FIRST);
            rig.add(
                    pod,
                    List.of(unasked(), selection("['fd08::1']")),
                    List.of(FIRST_TOO, network("b1", "", "10.8.0.5/24", "fd08::5/64")));

            advertise("b0");
            awaitAddress(control, "2001:db8:7:", "eth0");
            awaitAddress(pod, "2001:db8:7:", "eth0");
            assertThat(defaults(control, "-6"))
                    .as("the advertisement tells a default route")
                    .contains("fe80::99 eth0");
            assertThat(defaults(pod, "-6")).containsExactly("fd08::1 net1");

            advertise("b1");
            awaitAddress(pod, "2001:db8:7:", "net1");
            assertThat(defaults(pod, "-6"))
                    .as("nor does another router of the network that was asked")
                    .containsExactly("fd08::1 net1");
        }
    }

    @Test
    void aNetworkThatKeepsItsOwnRouteMayLearnItFromARouter() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(
                    pod,
                    List.of(unasked(), selection("[]")),
                    List.of(FIRST, network("b1", DEFAULTS, "10.8.0.5/24", "fd08::5/64")));

            advertise("b1");
            awaitAddress(pod, "2001:db8:7:", "net1");
            assertThat(defaults(pod, "-6")).contains("fe80::99 net1");

            advertise("b0");
            awaitAddress(pod, "2001:db8:7:", "eth0");
            assertThat(defaults(pod, "-6")).doesNotContain("fe80::99 eth0");
        }
    }

    /// Sends an advertisement of a default router and of a prefix (RFC 4861, section 4.2) from the
    /// host's end of a bridge.
    private void advertise(String bridge) {
        rig.witness().run(("ip address replace fe80::99/64 dev " + bridge + " nodad").split(" "));
        rig.witness().run("perl", "-e", ROUTER, bridge);
    }

    private static void awaitAddress(RigPod pod, String prefix, String link) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!pod.witness().run("ip", "-6", "address", "show", "dev", link).contains(prefix)) {
            assertThat(Instant.now()).as("%s has no address of %s", link, prefix).isBefore(limit);
            Thread.onSpinWait();
        }
    }

    @Test
    void aGatewayThatCannotBeReachedIsRefusedAndNothingIsLeft() {
        prime();
        Snapshot before = rig.snapshot();
        try (RigPod pod = new RigPod("one")) {
            Snapshot inside = pod.snapshot();
            assertThatThrownBy(() ->
                            rig.add(
                                    pod,
                                    List.of(unasked(), selection("['10.99.0.1']")),
                                    List.of(FIRST, network("b1", "", "10.8.0.5/24"))))
                    .hasMessage(
                            "net1 (b1, default-route): the IPv4 default route cannot go by gateway 10.99.0.1, which net1 does not reach")
                    .returns(7, e -> ((CniException) e).code().value())
                    .returns(true, e -> ((CniException) e).details().contains("gateway"));

            assertThat(pod.snapshot().since(inside)).isEmpty();
            assertThat(rig.snapshot().since(before)).isEmpty();
        }
    }

    private void prime() {
        try (RigPod pod = new RigPod("first")) {
            rig.add(pod, FIRST, network("b1", "", "10.8.0.5/24"));
            rig.del(pod);
        }
    }

    private FaultSweep sweep() {
        return new FaultSweep(
                rig,
                pod ->
                        rig.add(
                                pod,
                                List.of(unasked(), selection("['10.8.0.1', 'fd08::1']")),
                                List.of(FIRST, network("b1", "", "10.8.0.5/24", "fd08::5/64"))));
    }

    @Test
    void whicheverCallFailsDelLeavesNothing() {
        sweep().everyCallFailsOnce();
    }

    @Test
    void wheneverTheProcessDiesDelLeavesNothing() {
        sweep().theProcessDiesBeforeEveryCall();
    }
}
