package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.plumbing.PlainNode.INTERNET;
import static io.patchbay.vpc.plumbing.PlainNode.INTERNET_IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.fault.Faults;
import io.patchbay.kit.fault.FaultyKernel;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pods with any list of addresses of both families on one link.
@Tag("kernel")
class PodFamiliesKernelTest {
    private static final String BOTH = "10.0.1.17 2001:db8:0:a1:1::7";

    private final PlainNode node = PlainNode.dual(EgressPolicy.NONE);
    private Snapshot before = node.snapshot();

    @BeforeEach
    void settle() {
        assertThat(node.network().heal()).isEmpty();
        before = node.snapshot();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private PlumbedPod pod(String addresses) {
        return node.pod(addresses.split(" ", -1));
    }

    private static InetAddress internet(InetAddress own) {
        return Cidr.host(own).isIpv6() ? INTERNET_IPV6 : INTERNET;
    }

    private static void remove(Netns host, Optional<Netns> pod, PodPaths paths) {
        PodNetwork.remove(host, pod, paths);
        try {
            host.rtnl().apply(new DeleteGroup(paths.hostLink()));
        } catch (KernelException e) {
            assertThat(e.isAbsent()).isTrue();
        }
    }

    private static List<String> addresses(PlumbedPod pod) {
        JsonNode shown = pod.witness().json("ip", "-j", "address", "show", "dev", "eth0");
        return StreamSupport.stream(shown.path(0).path("addr_info").spliterator(), false)
                .filter(address -> !address.path("scope").asText().equals("link"))
                .peek(address -> assertThat(address.has("tentative")).isFalse())
                .map(address -> address.path("local").asText())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.16 10.0.1.17 10.0.1.18",
                "2001:db8:0:a0:1::1 2001:db8:0:a1:1::2 2001:db8:0:a1:1::3",
                "2001:db8:0:a1:1::1 10.0.1.19 2001:db8:0:a0:1::2 10.0.0.20"
            })
    void theFirstOfEachFamilyIsTheSourceOfWhatThePodSends(String list) {
        try (PlumbedPod pod = pod(list)) {
            for (InetAddress internet : List.of(INTERNET, INTERNET_IPV6)) {
                pod.paths().addresses().stream()
                        .filter(own -> own.isIpv6() == Cidr.host(internet).isIpv6())
                        .findFirst()
                        .ifPresent(first ->
                                assertThat(
                                                pod.witness()
                                                        .json(
                                                                "ip",
                                                                "-j",
                                                                "route",
                                                                "get",
                                                                Cidr.text(internet))
                                                        .path(0)
                                                        .path("prefsrc")
                                                        .asText())
                                        .isEqualTo(Cidr.text(first.address())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.16",
                "10.0.1.16",
                "2001:db8:0:a0:1::",
                "2001:db8:0:a1:1::5",
                "10.0.0.16 2001:db8:0:a0:1::1",
                "2001:db8:0:a0:1::1 10.0.0.16",
                "10.0.1.16 2001:db8:0:a0:1::1",
                "10.0.0.16 10.0.1.17 10.0.1.18",
                "2001:db8:0:a0:1::1 2001:db8:0:a1:1::2 2001:db8:0:a1:1::3",
                "2001:db8:0:a1:1::1 10.0.1.19 2001:db8:0:a0:1::2 10.0.0.20"
            })
    void aPodReachesAndIsReachedAtEachOfItsAddresses(String list) {
        try (PlumbedPod pod = pod(list)) {
            assertThat(addresses(pod)).containsExactlyInAnyOrder(list.split(" ", -1));
            for (PodRouting way : pod.paths().ways()) {
                InetAddress own = way.address();
                assertThat(pod.reaches(internet(own), "-I", Cidr.text(own))).isTrue();
                assertThat(PlumbedPod.reaches(node.witnessOutside(), own)).isTrue();
                assertThat(PlumbedPod.reaches(node.witness(), own)).isTrue();
            }
            assertThat(node.strangers()).isZero();
            pod.check(node.netns());
            assertThat(node.network().heal()).isEmpty();
            node.network().detached(pod.paths());
            remove(node.netns(), Optional.of(pod.netns()), pod.paths());
            assertThat(node.snapshot().since(before)).isEmpty();
        }
    }

    @Test
    void whatIsOfAFamilyIsThereOnce() {
        try (PlumbedPod pod = pod("2001:db8:0:a1:1::1 10.0.1.19 2001:db8:0:a0:1::2 10.0.0.20")) {
            assertThat(pod.witness().json("ip", "-j", "neigh", "show", "nud", "permanent"))
                    .extracting(neighbour -> neighbour.path("dst").asText())
                    .containsExactlyInAnyOrder("169.254.1.1", "fe80::1");
            assertThat(pod.witness().json("ip", "-j", "route"))
                    .extracting(route -> route.path("dst").asText())
                    .containsExactlyInAnyOrder("default", "169.254.1.1");
            assertThat(pod.witness().json("ip", "-j", "-6", "route", "show", "proto", "static"))
                    .extracting(route -> route.path("dst").asText())
                    .containsExactlyInAnyOrder("default", "fe80::1");
        }
    }

    @Test
    void podsOfOneNodeReachEachOtherInBothFamilies() {
        try (PlumbedPod one = pod(BOTH);
                PlumbedPod two = pod("2001:db8:0:a0:1::9 10.0.0.21")) {
            two.paths().ways().forEach(way -> assertThat(one.reaches(way.address())).isTrue());
            one.paths().ways().forEach(way -> assertThat(two.reaches(way.address())).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip address del 10.0.1.17/32 dev eth0",
                "ip address del 2001:db8:0:a1:1::7/128 dev eth0",
                "ip route del default",
                "ip -6 route del default",
                "ip -6 route replace default via fe80::2 dev eth0",
                "ip route del 169.254.1.1",
                "ip -6 route del fe80::1 dev eth0 table main",
                "ip neigh del 169.254.1.1 dev eth0",
                "ip neigh del fe80::1 dev eth0",
                "ip neigh replace fe80::1 lladdr 02:00:00:00:00:77 dev eth0",
                "ip link set eth0 down"
            })
    void checkFindsWhatIsMissingInThePod(String command) {
        try (PlumbedPod pod = pod(BOTH)) {
            pod.check(node.netns());
            pod.witness().run("sh", "-ec", command);
            assertThatThrownBy(() -> pod.check(node.netns())).isInstanceOf(CniException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip route del 10.0.1.17",
                "ip -6 route del 2001:db8:0:a1:1::7",
                "ip rule del priority 512",
                "ip -6 rule del priority 512",
                "ip rule del priority 1536",
                "ip -6 rule del priority 1536",
                "ip link set eni1000 down"
            })
    void checkFindsWhatIsMissingOnTheHostAndItIsRestored(String command) {
        try (PlumbedPod pod = pod(BOTH)) {
            Snapshot whole = node.snapshot();
            node.witness().run("sh", "-ec", command);
            assertThatThrownBy(() -> pod.check(node.netns())).isInstanceOf(CniException.class);
            assertThat(node.network().heal()).isNotEmpty();
            pod.check(node.netns());
            assertThat(node.snapshot().since(whole)).isEmpty();
        }
    }

    @Test
    void aRuntimeThatDisabledIpv6OnNewLinksIsNoTrouble() {
        String off = "for k in all default; do sysctl -qw net.ipv6.conf.$k.disable_ipv6=1; done";
        try (PlumbedPod pod = new PlumbedPod()) {
            pod.witness().run("sh", "-ec", off);
            node.witness().run("sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
            pod.attach(node.netns(), node.network(), "eth0", node.paths(2, true, BOTH.split(" ")));
            assertThat(pod.reaches(INTERNET)).isTrue();
            assertThat(pod.reaches(INTERNET_IPV6)).isTrue();
            assertThat(pod.reaches(Cidr.address("::1"))).isTrue();
            pod.check(node.netns());
        }
    }

    private static String setting(PlumbedPod pod, String key) {
        return pod.witness().run("sysctl", "-n", "net.ipv6.conf.eth0." + key).strip();
    }

    private String setting(String key) {
        return node.witness().run("sysctl", "-n", "net.ipv6.conf.eni1000." + key).strip();
    }

    @Test
    void neitherEndTakesARoutersWord() {
        try (PlumbedPod pod = pod(BOTH)) {
            assertThat(setting(pod, "accept_ra")).isEqualTo("0");
            assertThat(setting("disable_ipv6")).isEqualTo("0");
            assertThat(setting("accept_ra")).isEqualTo("0");
            assertThat(setting("accept_redirects")).isEqualTo("0");
            node.witness().run("sysctl", "-qw", "net.ipv6.conf.eni1000.accept_ra=2");
            node.witness().run("sysctl", "-qw", "net.ipv6.conf.eni1000.accept_redirects=1");
            assertThat(node.network().heal())
                    .containsExactlyInAnyOrder(
                            "net/ipv6/conf/eni1000/accept_ra is set to 0",
                            "net/ipv6/conf/eni1000/accept_redirects is set to 0");
        }
    }

    @Test
    void theHostsEndOfAPodWithoutIpv6HasNone() {
        try (PlumbedPod pod = pod("10.0.0.16 10.0.1.17")) {
            assertThat(pod.paths().families()).hasSize(1);
            assertThat(setting("disable_ipv6")).isEqualTo("1");
        }
    }

    /// With a trial that does not end: `dad_transmits` tries of a second each.
    @Test
    void noPacketWaitsForTheTrialOfALinksOwnAddress() {
        node.witness()
                .run(
                        "sh",
                        "-ec",
                        "sysctl -qw net.ipv6.conf.all.accept_dad=1 net.ipv6.conf.default.accept_dad=1 net.ipv6.conf.default.dad_transmits=1000");
        try (PlumbedPod pod = pod("2001:db8:0:a1:1::7")) {
            assertThat(
                            node.witness()
                                    .run(
                                            "ip",
                                            "-6",
                                            "address",
                                            "show",
                                            "dev",
                                            "eni1000",
                                            "tentative"))
                    .contains("fe80::");
            assertThat(PlumbedPod.reaches(node.witnessOutside(), pod.address())).isTrue();
        }
    }

    @Test
    void aRuleThatIsThereAlreadyIsAsGood() {
        PodPaths paths = node.paths(2, true, BOTH.split(" "));
        node.netns().rtnl().apply(paths.hostRules().stream().map(AddRule::new).toList());
        try (PlumbedPod pod = new PlumbedPod()) {
            pod.attach(node.netns(), node.network(), "eth0", paths);
            pod.check(node.netns());
            assertThat(pod.reaches(INTERNET_IPV6)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.17", "2001:db8:0:a1:1::7"})
    void aRouteOfAnAddressToAnotherLinkIsRefused(String taken) {
        PodPaths paths = node.paths(2, true, BOTH.split(" "));
        int eth1 = node.netns().rtnl().find("eth1").orElseThrow().index();
        AddRoute other = new AddRoute(Hop.direct(Cidr.host(Cidr.address(taken)), eth1));
        node.netns().rtnl().apply(other);
        before = node.snapshot();
        try (PlumbedPod pod = new PlumbedPod()) {
            assertThatThrownBy(() -> pod.attach(node.netns(), node.network(), "eth0", paths))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining(taken);
            PodNetwork.remove(node.netns(), Optional.empty(), paths);
            assertThat(node.witness().run("ip", "route", "get", taken)).contains("dev eth1");
            remove(node.netns(), Optional.empty(), paths);
            assertThat(node.snapshot().since(before)).isEmpty();
        }
    }

    /// Each change of a batch is a call of its own here.
    @Test
    void whicheverCallOfAnAdditionFailsARemovalLeavesNothing() {
        Faults faults = new Faults();
        FaultyKernel kernel = new FaultyKernel(Kernel.ofThisMachine(), faults);
        int calls = 1;
        for (int k = 1; k <= calls; k++) {
            PodPaths paths = node.paths(2, true, BOTH.split(" "));
            try (PlumbedPod pod = new PlumbedPod();
                    OpenNetns host = kernel.open(node.netns().path());
                    OpenNetns inside = kernel.open(pod.netns().path())) {
                faults.arm(new Fault.FailOnce(k));
                assertThatThrownBy(() ->
                                PodNetwork.add(host, inside, PlumbedPod.veth(paths, "eth0"), paths))
                        .isInstanceOf(KernelException.class);
                faults.arm(new Fault.None());
                remove(node.netns(), Optional.of(pod.netns()), paths);
                assertThat(node.snapshot().since(before)).as("call %d", k).isEmpty();
                PodNetwork.add(host, inside, PlumbedPod.veth(paths, "eth0"), paths);
                calls = faults.calls().size();
                remove(node.netns(), Optional.of(pod.netns()), paths);
            }
        }
        assertThat(calls).isGreaterThan(15);
    }
}
