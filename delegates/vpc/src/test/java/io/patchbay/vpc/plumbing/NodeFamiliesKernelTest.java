package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.plumbing.PlainNode.INTERNET;
import static io.patchbay.vpc.plumbing.PlainNode.INTERNET_IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Watch;
import io.patchbay.vpc.eni.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A node whose interfaces have blocks of both families: what it needs of IPv6 is there, and comes
/// back.
@Tag("kernel")
class NodeFamiliesKernelTest {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS = 10;
    private static final int NODE_PORT = 30080;
    private static final int POD_PORT = 8080;

    private final PlainNode node = PlainNode.dual(EgressPolicy.AMAZON);
    private final PlumbedPod first = node.pod("2001:db8:0:a0:1::1", "10.0.0.16");
    private final PlumbedPod second = node.pod("10.0.1.16", "2001:db8:0:a1:1::1");

    @AfterEach
    void close() {
        first.close();
        second.close();
        node.close();
    }

    private void await(BooleanSupplier condition) {
        try (Watch watch = node.netns().watch()) {
            for (int i = 0; i < STEPS && !condition.getAsBoolean(); i++) {
                assertThat(watch.await(STEP)).isIn(true, false);
            }
        }
    }

    private void assertReaching() {
        for (PlumbedPod pod : List.of(first, second)) {
            assertThat(pod.reaches(INTERNET)).isTrue();
            assertThat(pod.reaches(INTERNET_IPV6)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip -6 route flush table 2",
                "ip -6 route del default table 2",
                "ip -6 route replace default dev eth0 table 2",
                "ip -6 rule del priority 32765",
                "ip -6 rule del priority 1024",
                "ip -6 rule del priority 1536",
                "ip -6 rule del from all to 2001:db8:0:a1:1::1",
                "ip -6 rule add from 2001:db8:0:a1:1::1 table 5 priority 1536; ip -6 rule del from 2001:db8:0:a1:1::1 table 2",
                "ip -6 address flush dev eth1 scope global",
                "ip -6 address add 2001:db8:0:a1::77/64 dev eth1 nodad",
                "ip -6 address add 2001:db8:0:a1:1::1/128 dev eth1 nodad",
                "ip -6 address del 2001:db8:0:a0::4/128 dev eth0",
                "ip -6 route add 2001:db8:0:a1::/64 dev eth1 metric 5",
                "ip -6 route flush dev eni1001",
                "ip link set eth1 down",
                "ip link set eth1 down; ip link set eth1 up",
                "ip link set eth0 down; ip link set eth0 up",
                "ip link set eni1001 down",
                "ip link set eth0 down; ip link set eth1 down; ip link set eth0 up; ip link set eth1 up",
                "ip -6 rule del priority 32766",
                "ip -6 route del default",
                "nft delete table ip6 patchbay-vpc",
                "nft flush set ip6 patchbay-vpc pods",
                "nft flush chain ip6 patchbay-vpc arrivals",
                "nft flush ruleset"
            })
    void whatIsTakenAwayIsRestoredBecauseTheKernelTold(String command) throws InterruptedException {
        assertThat(node.network().heal()).isEmpty();
        Snapshot before = node.snapshot();
        Healer healer =
                new Healer(
                        node.netns(),
                        node.network()::heal,
                        new CountedMeters(),
                        Duration.ofDays(1));
        Thread loop = new Thread(healer, "healer");
        loop.start();
        try {
            node.witness().run("sh", "-ec", command);
            await(() -> node.snapshot().since(before).isEmpty());
            assertThat(node.snapshot().since(before)).isEmpty();
            assertReaching();
        } finally {
            loop.interrupt();
            loop.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eth0.accept_ra, 1, 2",
        "eth1.accept_ra, 1, 0",
        "all.forwarding, 0, 1",
        "eth0.forwarding, 0, 1",
        "eth1.forwarding, 0, 1",
        "eth0.disable_ipv6, 1, 0",
        "eth1.disable_ipv6, 1, 0",
        "eni1001.disable_ipv6, 1, 0",
        "eni1001.accept_ra, 1, 0",
        "eni1001.accept_redirects, 1, 0"
    })
    void aSettingIsRestoredAndWhatWentWithIt(String key, String broken, String whole) {
        Snapshot before = node.snapshot();
        node.witness().run("sysctl", "-q", "net.ipv6.conf." + key + "=" + broken);
        assertThat(node.network().heal()).isNotEmpty();
        assertThat(node.witness().run("sysctl", "-n", "net.ipv6.conf." + key).strip())
                .isEqualTo(whole);
        assertThat(node.network().heal()).isEmpty();
        assertThat(node.snapshot().since(before)).isEmpty();
        assertReaching();
    }

    /// A picture leaves out what the kernel adds by itself.
    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:0:a0::4", "2001:db8:0:a1::4"})
    void theRouteToAnAddressOfTheNodeItselfIsRestored(String own) {
        node.witness().run("ip", "-6", "route", "del", "local", own, "table", "local");
        assertThat(PlumbedPod.reaches(node.witness(), Cidr.address(own), "-W1", "-w1")).isFalse();
        assertThat(node.network().heal()).hasSize(1).first().asString().contains(own);
        assertThat(PlumbedPod.reaches(node.witness(), Cidr.address(own))).isTrue();
        assertThat(node.network().heal()).isEmpty();
    }

    @Test
    void anInterfaceIsVerifiedInBothFamilies() {
        EniLink link = EniLink.find(node.enis().get(1), node.netns().rtnl().links()).orElseThrow();
        assertThat(node.network().verified(link)).isTrue();
        node.witness().run("ip", "-6", "route", "del", "default", "table", "2");
        assertThat(node.network().verified(link)).isFalse();
        assertThat(node.network().heal()).hasSize(1);
        assertThat(node.network().verified(link)).isTrue();
    }

    private static void forward(PlainNode node, InetAddress pod) {
        node.netns()
                .nft()
                .apply(
                        """
                        table ip6 proxy {
                            chain prerouting {
                                type nat hook prerouting priority dstnat; policy accept;
                                ip6 daddr 2001:db8:0:a0::4 tcp dport %d dnat to [%s]:%d
                            }
                        }
                        """
                                .formatted(NODE_PORT, Cidr.text(pod), POD_PORT));
    }

    @Test
    void theAnswersOfANodePortOfIpv6LeaveByThePrimaryInterface() throws IOException {
        InetAddress pod = Cidr.address("2001:db8:0:a1:1::1");
        try (ServerSocket server = Calls.serve(second.netns(), POD_PORT)) {
            assertThat(server.isBound()).isTrue();
            forward(node, pod);
            InetAddress port = Cidr.address("2001:db8:0:a0::4");
            assertThat(Calls.ask(node.outside(), port, NODE_PORT)).isNotEmpty();
            assertThat(node.strangers()).isZero();
            // Who calls the pod itself has its answer by the pod's own interface.
            assertThat(Calls.ask(node.outside(), pod, POD_PORT)).isNotEmpty();
            assertThat(node.strangers()).isZero();
        }
    }

    @Test
    void withoutTheMarkTheyLeaveByThePodsInterfaceAndDie() throws IOException {
        try (PlainNode other = PlainNode.dual(EgressPolicy.NONE);
                PlumbedPod pod = other.pod("2001:db8:0:a1:1::1");
                ServerSocket server = Calls.serve(pod.netns(), POD_PORT)) {
            assertThat(server.isBound()).isTrue();
            forward(other, pod.address());
            InetAddress port = Cidr.address("2001:db8:0:a0::4");
            assertThatThrownBy(() -> Calls.ask(other.outside(), port, NODE_PORT, 1000))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(other.strangers()).isPositive();
        }
    }

    @Test
    void anIpv4NodeIsAskedForNothingOfIpv6() {
        try (PlainNode plain = new PlainNode(EgressPolicy.AMAZON, "10.0.0.16/28", "10.0.1.16/28");
                PlumbedPod pod = plain.pod("10.0.1.16")) {
            assertThat(pod.reaches(INTERNET)).isTrue();
            assertThat(plain.witness().run("ip", "-6", "rule")).doesNotContain("32765", "1024");
            assertThat(plain.witness().run("ip", "-6", "route", "show", "table", "all"))
                    .doesNotContain("table 2 ");
            assertThat(plain.witness().run("sysctl", "-n", "net.ipv6.conf.all.forwarding").strip())
                    .isEqualTo("0");
            assertThat(plain.witness().run("nft", "list", "tables")).doesNotContain("ip6");
            plain.witness().run("ip", "-6", "address", "flush", "scope", "global");
            assertThat(plain.network().heal()).isEmpty();
        }
    }

    @Test
    void blocksThatGoTakeTheirTableAlong() {
        assertThat(node.witness().run("nft", "list", "tables")).contains("table ip6 patchbay-vpc");
        node.network().detached(first.paths());
        node.network().detached(second.paths());
        node.network().setUp(node.enis().stream().map(eni -> eni.only(Family.IPV4)).toList());
        assertThat(node.witness().run("nft", "list", "tables")).doesNotContain("ip6");
        assertThat(node.network().heal()).isEmpty();
    }

    @Test
    void anInterfaceWithoutAnAddressOfItsOwnCarriesPodsAllTheSame() {
        try (PlainNode bare = PlainNode.bare();
                PlumbedPod pod = bare.pod("2001:db8:0:a1:1::1")) {
            assertThat(bare.witness().run("ip", "-6", "address", "show", "scope", "global"))
                    .isBlank();
            assertThat(bare.witness().run("ip", "-6", "rule")).doesNotContain("32765");
            assertThat(pod.reaches(INTERNET_IPV6)).isTrue();
            assertThat(bare.network().heal()).isEmpty();
        }
    }

    private static Set<String> mainRoutes(PlumbedPod pod) {
        return Set.copyOf(pod.witness().run("ip", "route").lines().map(String::strip).toList());
    }

    /// As the core moves a default route.
    private static void move(PlumbedPod pod) {
        pod.witness()
                .run(
                        "sh",
                        "-ec",
                        """
                        ip route del default dev eth0
                        ip route add default via 169.254.1.1 dev net1
                        ip -6 route del default dev eth0
                        ip -6 route add default via fe80::1 dev net1
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "net1"})
    void withTwoLinksWhatComesInByEitherIsAnsweredByItsInterface(String main) throws IOException {
        try (PlumbedPod pod = node.pod("10.0.0.17", "2001:db8:0:a0:1::2");
                ServerSocket server = Calls.serve(pod.netns(), POD_PORT)) {
            assertThat(server.isBound()).isTrue();
            PodPaths more = node.paths(3, false, "2001:db8:0:a1:1::2", "10.0.1.17", "10.0.1.18");
            pod.attach(node.netns(), node.network(), "net1", more);
            assertThat(mainRoutes(pod))
                    .containsExactlyInAnyOrder(
                            "default via 169.254.1.1 dev eth0 proto static",
                            "169.254.1.1 dev eth0 proto static scope link",
                            "169.254.1.1 dev net1 proto static scope link metric 3");
            if (main.equals("net1")) {
                move(pod);
            }
            for (String own :
                    List.of(
                            "10.0.0.17",
                            "2001:db8:0:a0:1::2",
                            "2001:db8:0:a1:1::2",
                            "10.0.1.17",
                            "10.0.1.18")) {
                InetAddress address = Cidr.address(own);
                assertThat(Calls.ask(node.outside(), address, POD_PORT)).isNotEmpty();
                assertThat(PlumbedPod.reaches(node.witnessOutside(), address)).isTrue();
                boolean further = more.addresses().contains(Cidr.host(address));
                String target = Cidr.text(own.contains(":") ? INTERNET_IPV6 : INTERNET);
                assertThat(pod.witness().run("ip", "route", "get", target, "from", own))
                        .contains("dev " + (further ? "net1" : main));
            }
            assertThat(pod.reaches(INTERNET)).isTrue();
            assertThat(pod.reaches(INTERNET_IPV6)).isTrue();
            assertThat(node.strangers()).isZero();
        }
    }
}
