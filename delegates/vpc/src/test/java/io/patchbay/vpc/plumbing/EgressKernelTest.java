package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.plumbing.Calls.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.snapshot.Capture;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.plumbing.EgressPolicy.Snat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a host outside the VPC, and clients of the node, see.
@Tag("kernel")
class EgressKernelTest {
    private static final int NODE_PORT = 30080;
    private static final int POD_PORT = 8080;

    private final SimulatedVpc vpc = SimulatedVpc.open();

    @AfterEach
    void close() {
        vpc.close();
    }

    private static EgressPolicy policy(Snat snat, String... excluded) {
        return new EgressPolicy(
                snat,
                true,
                EgressPolicy.MARK,
                List.of(excluded).stream().map(Cidr::parse).toList(),
                List.of(),
                Set.of());
    }

    /// The source address that the host outside sees.
    private String seen(PlumbedPod pod) {
        return ask(pod.netns(), vpc.internet(), Fabric.ECHO).split(" ", -1)[0];
    }

    @ParameterizedTest
    @EnumSource(
            value = Snat.class,
            names = {"FULLY_RANDOM", "RANDOM", "PLAIN"})
    void whatLeavesTheVpcHasThePrimaryAddressWhateverThePodsInterface(Snat snat) {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", policy(snat), 1, 1);
                PlumbedPod first = node.pod(0);
                PlumbedPod second = node.pod(1)) {
            assertThat(seen(first)).isEqualTo(Cidr.text(node.primary()));
            assertThat(seen(second)).isEqualTo(Cidr.text(node.primary()));
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
        }
    }

    @Test
    void withExternalTranslationThePodsOwnAddressIsSeen() {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", policy(Snat.EXTERNAL), 1, 1);
                PlumbedPod first = node.pod(0);
                PlumbedPod second = node.pod(1)) {
            assertThat(seen(first)).isEqualTo(Cidr.text(first.address()));
            assertThat(seen(second)).isEqualTo(Cidr.text(second.address()));
        }
    }

    @Test
    void anExcludedBlockSeesThePodsOwnAddress() {
        try (PlumbedNode node =
                        new PlumbedNode(
                                vpc, "a", policy(Snat.FULLY_RANDOM, "198.51.100.0/24"), 1, 1);
                PlumbedPod second = node.pod(1)) {
            assertThat(seen(second)).isEqualTo(Cidr.text(second.address()));
        }
    }

    @Test
    void withinTheVpcThePodsOwnAddressIsSeen() throws IOException {
        try (PlumbedNode a = new PlumbedNode(vpc, "a", EgressPolicy.AMAZON, 0, 1);
                PlumbedNode b = new PlumbedNode(vpc, "b", EgressPolicy.AMAZON, 0, 1);
                PlumbedPod here = a.pod(1);
                PlumbedPod there = b.pod(1);
                ServerSocket server = Calls.serve(there.netns(), POD_PORT)) {
            assertThat(server.isBound()).isTrue();
            assertThat(ask(here.netns(), there.address(), POD_PORT))
                    .isEqualTo(Cidr.text(here.address()));
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
        }
    }

    @Test
    void anExternalServiceIsReachedByThePrimaryInterface() {
        EgressPolicy policy =
                new EgressPolicy(
                        Snat.EXTERNAL,
                        false,
                        EgressPolicy.MARK,
                        List.of(),
                        List.of(Cidr.parse("198.51.100.0/24")),
                        Set.of());
        try (PlumbedNode node = new PlumbedNode(vpc, "a", policy, 0, 1);
                PlumbedPod pod = node.pod(1)) {
            assertThat(
                            node.witness()
                                    .run(
                                            "ip",
                                            "route",
                                            "get",
                                            "198.51.100.1",
                                            "from",
                                            Cidr.text(pod.address()),
                                            "iif",
                                            "eni1000"))
                    .contains("dev eth0");
        }
    }

    @Test
    void anAnswerToACallerOutsideLeavesByThePodsOwnInterfaceAndUntranslated() throws IOException {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", EgressPolicy.AMAZON, 0, 1);
                PlumbedPod pod = node.pod(1);
                ServerSocket server = Calls.serve(pod.netns(), POD_PORT);
                OpenNetns outside = outside()) {
            assertThat(server.isBound()).isTrue();
            assertThat(ask(outside, pod.address(), POD_PORT)).isNotEmpty();
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
        }
    }

    private OpenNetns outside() {
        return Kernel.ofThisMachine().open(vpc.fabricPath());
    }

    private static void forward(PlumbedNode node, InetAddress pod) {
        node.netns()
                .nft()
                .apply(
                        """
                        table ip proxy {
                            chain prerouting {
                                type nat hook prerouting priority dstnat; policy accept;
                                ip daddr %s tcp dport %d dnat to %s:%d
                            }
                        }
                        """
                                .formatted(
                                        Cidr.text(node.primary()),
                                        NODE_PORT,
                                        Cidr.text(pod),
                                        POD_PORT));
    }

    @Test
    void theAnswersOfANodePortLeaveByThePrimaryInterface() throws IOException {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", policy(Snat.FULLY_RANDOM), 0, 1);
                PlumbedNode client = new PlumbedNode(vpc, "b", EgressPolicy.NONE, 0);
                PlumbedPod pod = node.pod(1);
                OpenNetns outside = outside();
                ServerSocket server = Calls.serve(pod.netns(), POD_PORT)) {
            assertThat(server.isBound()).isTrue();
            forward(node, pod.address());
            assertThat(ask(client.netns(), node.primary(), NODE_PORT))
                    .isEqualTo(Cidr.text(client.primary()));
            assertThat(ask(outside, node.primary(), NODE_PORT)).isNotEmpty();
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
            assertThat(seen(pod)).isEqualTo(Cidr.text(node.primary()));
        }
    }

    /// `LINK Out IP SOURCE.PORT > DESTINATION.PORT: …`, as tcpdump tells what leaves.
    @Test
    void noneOfThemIsSeenOnAnotherInterface() throws IOException {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", EgressPolicy.AMAZON, 0, 1);
                PlumbedPod pod = node.pod(1);
                OpenNetns outside = outside();
                ServerSocket server = Calls.serve(pod.netns(), POD_PORT);
                Capture capture = Capture.outgoing(node.netns(), "tcp src port " + NODE_PORT)) {
            assertThat(server.isBound()).isTrue();
            forward(node, pod.address());
            assertThat(ask(outside, node.primary(), NODE_PORT)).isNotEmpty();
            assertThat(capture.line())
                    .startsWith("eth0")
                    .contains(
                            "%s.%d > 198.51.100.1."
                                    .formatted(Cidr.text(node.primary()), NODE_PORT));
            assertThat(capture.rest()).allSatisfy(line -> assertThat(line).startsWith("eth0"));
        }
    }

    @Test
    void withoutTheMarkTheyDieInTheVpc() throws IOException {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", EgressPolicy.NONE, 0, 1);
                PlumbedNode client = new PlumbedNode(vpc, "b", EgressPolicy.NONE, 0);
                PlumbedPod pod = node.pod(1);
                ServerSocket server = Calls.serve(pod.netns(), POD_PORT)) {
            assertThat(server.isBound()).isTrue();
            forward(node, pod.address());
            // The pod's answer may take longer than the caller waits for it.
            for (int call = 0; call < 10 && vpc.dropped().foreignSource() == 0; call++) {
                assertThatThrownBy(() -> ask(client.netns(), node.primary(), NODE_PORT, 1000))
                        .isInstanceOf(UncheckedIOException.class);
            }
            assertThat(vpc.dropped().foreignSource()).isPositive();
        }
    }

    @Test
    void theTableIsOneWithoutAnyPodsRuleAndGoesWithThePolicy() {
        try (PlumbedNode node = new PlumbedNode(vpc, "a", EgressPolicy.AMAZON, 2, 2)) {
            String before = node.witness().run("nft", "-j", "list", "ruleset");
            assertThat(before).contains("\"patchbay-vpc\"", "\"fully-random\"", "\"inside\"");
            try (PlumbedPod pod = node.pod(1)) {
                assertThat(node.network().heal()).isEmpty();
                assertThat(node.witness().run("nft", "-j", "list", "ruleset"))
                        .isEqualTo(before)
                        .doesNotContain("eni1000");
                assertThat(pod.address()).isNotNull();
            }
            // A daemon that starts and cannot ask the cloud has nothing better.
            NodeNetwork next = new NodeNetwork(node.netns(), 0, EgressPolicy.NONE);
            assertThat(next.heal()).isEmpty();
            assertThat(node.witness().run("nft", "-j", "list", "ruleset")).isEqualTo(before);
            next.setUp(node.enis());
            assertThat(node.witness().run("nft", "list", "ruleset")).isBlank();
        }
    }
}
