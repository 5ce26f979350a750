package io.patchbay.vpc.branch;

import static io.patchbay.vpc.branch.Enforcement.STANDARD;
import static io.patchbay.vpc.branch.Enforcement.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.kit.snapshot.Capture;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.plumbing.Calls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What pods with a branch interface reach, and who reaches them: on one node, which is booted
/// once, for that takes long in the emulated machine.
@Tag("stock-kernel")
@TestInstance(Lifecycle.PER_CLASS)
class BranchKernelTest {
    private static final int PATIENCE = 20_000;

    /// For what is lost.
    private static final int IMPATIENCE = 3_000;

    private static final InetAddress SERVICE = Cidr.address("172.20.0.10");
    private static final int SERVICE_PORT = 80;
    private static final int OWN_PORT = 33333;

    private static final Permission ALL =
            new Permission("-1", 0, 65535, List.of(Cidr.any(false)), List.of());

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private final TrunkNode node = new TrunkNode(vpc, "a");
    private int vlans;
    private long refused;
    private long foreign;

    @BeforeAll
    void groups() {
        Permission client =
                new Permission("tcp", Talk.PORT, Talk.PORT, List.of(), List.of("sg-client"));
        Permission probes =
                new Permission("-1", 0, 65535, List.of(Cidr.host(node.address())), List.of());
        vpc.ledger()
                .change(now ->
                        now.with(group("sg-shop", List.of(client, probes), List.of(ALL)))
                                .with(group("sg-client", List.of(), List.of(ALL)))
                                .with(group("sg-shut", List.of(), List.of())));
    }

    private static SecurityGroup group(
            String id, List<Permission> ingress, List<Permission> egress) {
        return new SecurityGroup(id, id, ingress, egress);
    }

    private BranchPod pod(String name, Enforcement enforcement, String group) {
        return node.attached(name, enforcement, node.branch(++vlans, group));
    }

    private void detach(BranchPod... pods) {
        List.of(pods).forEach(node::detach);
    }

    @BeforeEach
    void count() {
        refused = vpc.dropped().groups();
        foreign = vpc.dropped().foreignSource();
    }

    private long foreign() {
        return vpc.dropped().foreignSource() - foreign;
    }

    private long refused() {
        return vpc.dropped().groups() - refused;
    }

    @AfterEach
    void nothingCameFromAnAddressThatIsNotTheInterfaces() {
        assertThat(foreign()).isZero();
        List<Branch> left = node.branches().all();
        left.forEach(node::detach);
        assertThat(left).isEmpty();
    }

    @AfterAll
    void close() {
        node.close();
        vpc.close();
    }

    /// The source address that the host outside sees.
    private String seen(BranchPod pod) {
        return Calls.ask(pod.netns(), vpc.internet(), Fabric.ECHO).split(" ", -1)[0];
    }

    @Test
    void withStrictEnforcementTheGroupsDecideBetweenPodsOfOneNode() throws IOException {
        try (BranchPod shop = pod("shop", STRICT, "sg-shop");
                BranchPod client = pod("client", STRICT, "sg-client");
                ServerSocket server = Calls.serve(shop.netns(), Talk.PORT)) {
            assertThat(server.isBound()).isTrue();
            assertThat(Calls.ask(client.netns(), shop.address(), Talk.PORT))
                    .isEqualTo(client.addressText());
            assertThat(seen(client)).isEqualTo(client.addressText());
            assertThat(refused()).isZero();
            assertThat(TrunkNode.reachesAtOnce(client.witness(), shop.address())).isFalse();
            assertThat(TrunkNode.reachesAtOnce(shop.witness(), client.address())).isFalse();
            assertThat(refused()).isEqualTo(2);
            detach(shop, client);
        }
    }

    @Test
    void withStrictEnforcementAPodReachesItsOwnNodeThroughTheVpcOnly() throws IOException {
        try (BranchPod client = pod("client", STRICT, "sg-client");
                BranchPod shut = pod("shut", STRICT, "sg-shut");
                Capture arrivals =
                        Capture.incoming(
                                node.netns(), "icmp and src host " + client.addressText())) {
            assertThat(client.reaches(node.address())).isTrue();
            assertThat(arrivals.line()).startsWith(client.branch().hostName());
            assertThat(arrivals.line()).startsWith("eth0");
            assertThat(refused()).isZero();
            assertThat(TrunkNode.reachesAtOnce(shut.witness(), node.address())).isFalse();
            assertThat(refused()).isEqualTo(1);
            detach(client, shut);
        }
    }

    @Test
    void withStandardEnforcementTheGroupsDecideOnWhatLeavesTheNode() {
        try (BranchPod shop = pod("shop", STANDARD, "sg-shop");
                BranchPod shut = pod("shut", STANDARD, "sg-shut")) {
            assertThat(shut.reaches(shop.address())).isTrue();
            assertThat(shop.reaches(shut.address())).isTrue();
            assertThat(TrunkNode.reaches(node.witness(), shut.address())).isTrue();
            assertThat(refused()).isZero();
            assertThat(seen(shop)).isEqualTo(shop.addressText());
            assertThat(TrunkNode.reachesAtOnce(shut.witness(), vpc.internet())).isFalse();
            assertThat(refused()).isEqualTo(1);
            detach(shop, shut);
        }
    }

    @Test
    void probesOfTheNodeArriveThroughTheVpc() throws IOException {
        try (BranchPod shop = pod("shop", STRICT, "sg-shop");
                Talk server = Talk.in(shop.netns());
                Capture arrivals =
                        Capture.incoming(
                                node.netns(), "tcp and src host " + Cidr.text(node.address()))) {
            assertThat(server).isNotNull();
            assertThat(isProbed(shop, PATIENCE)).isTrue();
            assertThat(arrivals.line()).startsWith("eth1");
            assertThat(arrivals.line()).startsWith(shop.branch().name());
            assertThat(Talk.isAnswered(node.netns(), shop.address(), 20)).isTrue();
            assertThat(TrunkNode.reaches(node.witness(), shop.address())).isTrue();
            assertThat(refused()).isZero();
            detach(shop);
        }
    }

    @Test
    void withEarlyDemultiplexingProbesWouldNotBeAnswered() throws IOException {
        try (BranchPod shop = pod("shop", STRICT, "sg-shop");
                Talk server = Talk.in(shop.netns())) {
            assertThat(server).isNotNull();
            assertThat(isProbed(shop, PATIENCE)).isTrue();
            node.netns().sysctl().set("net/ipv4/tcp_early_demux", "1");
            node.netns().sysctl().set("net/ipv4/udp_early_demux", "1");
            assertThat(isProbed(shop, IMPATIENCE)).isFalse();
            assertThat(Talk.isAnswered(node.netns(), shop.address(), 4)).isFalse();
            assertThat(node.branches().heal())
                    .containsExactlyInAnyOrder(
                            "net/ipv4/tcp_early_demux is set to 0",
                            "net/ipv4/udp_early_demux is set to 0");
            assertThat(isProbed(shop, PATIENCE)).isTrue();
            detach(shop);
        }
    }

    private boolean isProbed(BranchPod pod, int millis) throws IOException {
        Optional<Socket> probe = Talk.call(node.netns(), 0, pod.address(), Talk.PORT, millis);
        if (probe.isPresent()) {
            probe.get().close();
        }
        return probe.isPresent();
    }

    /// As kube-proxy makes a service of the pod.
    private void serve(BranchPod pod) {
        node.netns()
                .nft()
                .apply(
                        """
                        table ip services {
                            chain output {
                                type nat hook output priority -100; policy accept;
                                ip daddr %s tcp dport %d dnat to %s:%d
                            }
                        }
                        """
                                .formatted(
                                        Cidr.text(SERVICE),
                                        SERVICE_PORT,
                                        pod.addressText(),
                                        Talk.PORT));
    }

    /// Two connections, and so two entries at the pod's end.
    @Test
    void aProbeAndACallOfAServiceMayHaveTheSamePorts() throws IOException {
        try (BranchPod shop = pod("shop", STRICT, "sg-shop");
                Talk server = Talk.in(shop.netns())) {
            assertThat(server).isNotNull();
            serve(shop);
            String zone = "zone=" + (BranchRouting.FIRST_ZONE + vlans);
            assertThat(entriesOfBoth(shop)).filteredOn(entry -> entry.contains(zone)).hasSize(2);
            node.witness().run("nft", "delete", "table", "ip", "services");
            detach(shop);
        }
    }

    /// What connection tracking has of a call of the service and a probe by the same port.
    private List<String> entriesOfBoth(BranchPod pod) throws IOException {
        try (Socket service = called(SERVICE, SERVICE_PORT);
                Socket probe = called(pod.address(), Talk.PORT)) {
            assertThat(Talk.isEchoed(service)).isTrue();
            assertThat(Talk.isEchoed(probe)).isTrue();
            return node.witness()
                    .run("cat", "/proc/net/nf_conntrack")
                    .lines()
                    .filter(entry -> entry.contains("tcp") && entry.contains("ESTABLISHED"))
                    .toList();
        }
    }

    private Socket called(InetAddress to, int port) {
        return Talk.call(node.netns(), OWN_PORT, to, port, PATIENCE).orElseThrow();
    }
}
