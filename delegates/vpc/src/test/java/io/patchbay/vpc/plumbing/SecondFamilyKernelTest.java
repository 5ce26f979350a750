package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.plumbing.PlainNode.INTERNET;
import static io.patchbay.vpc.plumbing.PlainNode.INTERNET_IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.EgressPolicy.Snat;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pods that have, beside their address of the VPC, one of the other family that is the node's own,
/// for egress alone.
@Tag("kernel")
class SecondFamilyKernelTest {
    private static final int PORT = 8080;

    /// A kind of node, and two pods of it.
    ///
    /// @param internet an address outside, of the pods' second family
    /// @param source the node's own, that is seen there
    /// @param intrusion the route outside that leads to the second addresses
    /// @param table of nftables that has to do with it
    record Kind(
            List<String> blocks,
            List<String> one,
            List<String> two,
            InetAddress internet,
            String source,
            String intrusion,
            String table) {
        PlainNode node(Snat snat) {
            return node(snat, blocks);
        }

        private static PlainNode node(Snat snat, List<String> blocks) {
            return new PlainNode(
                    new EgressPolicy(
                            snat,
                            true,
                            EgressPolicy.MARK,
                            List.of(),
                            List.of(),
                            Set.of(Family.IPV4, Family.IPV6)),
                    blocks.toArray(String[]::new));
        }

        PlumbedPod pod(PlainNode node, List<String> addresses) {
            return node.pod(addresses.toArray(String[]::new));
        }

        InetAddress own(PlumbedPod pod) {
            return pod.paths().ways().get(1).address();
        }

        @Override
        public String toString() {
            return table;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(
                        List.of("2001:db8:0:a0:1::/80", "2001:db8:0:a1:1::/80"),
                        List.of("2001:db8:0:a1:1::1", "169.254.172.5"),
                        List.of("2001:db8:0:a0:1::2", "169.254.175.255"),
                        INTERNET,
                        "10.0.0.4",
                        "ip route add 169.254.172.0/22 via 10.0.0.4",
                        "ip patchbay-vpc"),
                new Kind(
                        List.of("10.0.0.16/28", "10.0.1.16/28"),
                        List.of("10.0.1.17", "fd00::ac:5"),
                        List.of("10.0.0.18", "fd00::ac:3ff"),
                        INTERNET_IPV6,
                        "2001:db8:0:a0::4",
                        "ip -6 route add fd00::ac:0/118 via 2001:db8:0:a0::4",
                        "ip6 patchbay-vpc"));
    }

    private static void assertRefused(Netns from, InetAddress target) {
        assertThatThrownBy(() -> Calls.ask(from, target, PORT))
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageContaining("refused");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itLeavesTheNodeFromTheNodesAddressAndNobodyCallsIt(Kind kind) throws IOException {
        try (PlainNode node = kind.node(Snat.FULLY_RANDOM);
                PlumbedPod one = kind.pod(node, kind.one);
                PlumbedPod two = kind.pod(node, kind.two);
                ServerSocket outside = Calls.serve(node.outside(), PORT);
                ServerSocket inside = Calls.serve(one.netns(), PORT)) {
            assertThat(List.of(outside, inside)).allMatch(ServerSocket::isBound);
            for (PlumbedPod pod : List.of(one, two)) {
                assertThat(Calls.ask(pod.netns(), kind.internet, PORT)).isEqualTo(kind.source);
                assertThat(pod.reaches(kind.internet)).isTrue();
            }
            // In the family of the VPC a pod is what it is.
            InetAddress other = kind.internet.equals(INTERNET) ? INTERNET_IPV6 : INTERNET;
            assertThat(PlumbedPod.reaches(node.witnessOutside(), one.address())).isTrue();
            assertThat(one.reaches(other)).isTrue();
            assertThat(Calls.ask(two.netns(), one.address(), PORT))
                    .isEqualTo(Cidr.text(two.address()));

            node.witnessOutside().run("sh", "-ec", kind.intrusion);
            assertRefused(node.outside(), kind.own(one));
            assertRefused(two.netns(), kind.own(one));
            assertThat(PlumbedPod.reaches(node.witness(), kind.own(one))).isTrue();
            one.check(node.netns());
            assertThat(node.strangers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aPodThatHasTheFamilyOfTheVpcTakesItFromNobodyElse(Kind kind) throws IOException {
        List<String> both = kinds().flatMap(any -> any.blocks.stream()).toList();
        try (PlainNode node = Kind.node(Snat.FULLY_RANDOM, both);
                PlumbedPod pod = kind.pod(node, kind.one);
                ServerSocket outside = Calls.serve(node.outside(), PORT)) {
            assertThat(outside.isBound()).isTrue();
            assertThat(Calls.ask(pod.netns(), kind.internet, PORT)).isEqualTo(kind.source);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itIsTranslatedWhoeverElseTranslatesTheVpcsAddresses(Kind kind) throws IOException {
        try (PlainNode node = kind.node(Snat.EXTERNAL);
                PlumbedPod pod = kind.pod(node, kind.one);
                ServerSocket outside = Calls.serve(node.outside(), PORT)) {
            assertThat(outside.isBound()).isTrue();
            assertThat(Calls.ask(pod.netns(), kind.internet, PORT)).isEqualTo(kind.source);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noRuleOfNftablesIsOfAPodAndNothingIsLeftBehind(Kind kind) {
        try (PlainNode node = kind.node(Snat.PLAIN)) {
            assertThat(node.network().heal()).isEmpty();
            Snapshot before = node.snapshot();
            String ruleset = node.witness().run("nft", "-j", "list", "ruleset");
            assertThat(node.witness().run("nft", "list", "ruleset"))
                    .contains("table " + kind.table, "chain refusal");
            try (PlumbedPod pod = kind.pod(node, kind.one)) {
                assertThat(node.network().heal()).isEmpty();
                assertThat(node.witness().run("nft", "-j", "list", "ruleset")).isEqualTo(ruleset);
                node.network().detached(pod.paths());
                PodNetwork.remove(node.netns(), Optional.empty(), pod.paths());
                node.netns().rtnl().apply(new DeleteGroup(pod.paths().hostLink()));
                assertThat(node.snapshot().since(before)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itsTableIsRestored(Kind kind) {
        try (PlainNode node = kind.node(Snat.PLAIN);
                PlumbedPod pod = kind.pod(node, kind.one)) {
            Snapshot before = node.snapshot();
            node.witness().run("sh", "-ec", "nft flush chain " + kind.table + " refusal");
            node.witness().run("sh", "-ec", "nft flush chain " + kind.table + " translation");
            assertThat(node.network().heal())
                    .containsExactly("table patchbay-vpc of nftables is written");
            assertThat(node.snapshot().since(before)).isEmpty();
            assertThat(pod.reaches(kind.internet)).isTrue();
        }
    }
}
