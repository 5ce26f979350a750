package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.DhcpServer.Said;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// IPAM `dhcp` of the CNI project for links of our own, and a server in the network: it asks over
/// the link, and gives back over it.
@Tag("kernel")
@Timeout(600)
class DhcpTest {
    private static final String LEASED = "192.0.2.77";
    private static final String GATEWAY = "192.0.2.2";

    /// The client's release is for the server's address, from none: other servers read frames, and
    /// a socket gets it only as a broadcast.
    private static final List<String> HEARING =
            List.of(
                    "nft add table ip hearing",
                    "nft add chain ip hearing in { type filter hook prerouting priority -300 ; }",
                    "nft add rule ip hearing in ip saddr 0.0.0.0 ip daddr %s ip daddr set 255.255.255.255"
                            .formatted(GATEWAY));

    @TempDir private Path work;
    private ForeignNode node;
    private DhcpServer server;
    private DaemonProcess client;

    @BeforeEach
    void boot() {
        node = new ForeignNode(work);
        node.run("ip", "address", "flush", "dev", "up0");
        HEARING.forEach(command -> node.neighbour().run(command.split(" ")));
        try (OpenNetns netns =
                Kernel.ofThisMachine()
                        .open(node.namespace().file(node.neighbour().path()).toString())) {
            server = new DhcpServer(netns, GATEWAY, LEASED);
        }
        startClient();
    }

    private void startClient() {
        String program = Checkout.referencePlugins().resolve("dhcp").toString();
        List<String> line = List.of(program, "daemon", "-socketpath", socket().toString());
        client = DaemonProcess.start(node.namespace().enter(line), Map.of());
        Await.until("the DHCP client listens", () -> Files.exists(socket()));
    }

    private Path socket() {
        return work.resolve("dhcp.sock");
    }

    @AfterEach
    void shutDown() {
        client.close();
        server.close();
        node.close();
    }

    private String network(String keys) {
        return "{\"cniVersion\": \"1.1.0\", %s, \"ipam\": {\"type\": \"dhcp\", \"daemonSocketPath\": \"%s\"}}"
                .formatted(keys, socket());
    }

    private Snapshot snapshot() {
        return NetworkState.take("node", Witness.in(node.namespace().netns()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\": \"macvlan\", \"master\": \"up0\"",
                "\"type\": \"bridge\", \"bridge\": \"br0\"",
                "\"type\": \"host-device\", \"device\": \"lent0\""
            })
    void aLeaseIsAcquiredAndRenewedOverTheLinkAndReleasedByDel(String keys) {
        node.run("ip", "link", "add", "br0", "type", "bridge");
        node.run("ip", "link", "set", "br0", "up");
        if (keys.contains("bridge")) {
            node.run("ip", "link", "set", "up0", "master", "br0");
        } else {
            node.run("ip", "link", "add", "lent0", "link", "up0", "type", "macvlan");
        }
        Snapshot before = snapshot();
        try (PodNetns pod = node.pod("leased", network(keys))) {
            Answer added = node.succeed("ADD", pod);
            assertThat(added.json().at("/ips/0/address").asText()).isEqualTo(LEASED + "/24");
            assertThat(pod.run("ip", "address", "show", "eth0")).contains(LEASED + "/24");
            assertThat(pod.run("ip", "route", "show", "default")).contains("via " + GATEWAY);
            assertThat(pod.attempt("ping", "-c", "1", "-w", "10", GATEWAY).status()).isZero();
            node.succeed("CHECK", pod);

            Await.until("the client renews", () -> server.hasHeard(Said.RENEW));
            assertThat(pod.run("ip", "address", "show", "eth0")).contains(LEASED + "/24");

            node.succeed("DEL", pod);
            Await.until("the client releases", () -> server.hasHeard(Said.RELEASE));
            assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0");
        }
        assertThat(snapshot().since(before)).isEmpty();
    }

    @Test
    void aDelWithoutTheClientTakesTheLinkAndIsFinishedOnceTheClientIsBack() {
        try (PodNetns pod =
                node.pod("late", network("\"type\": \"macvlan\", \"master\": \"up0\""))) {
            node.succeed("ADD", pod);
            client.stop();
            Answer refused = node.call("DEL", pod);
            assertThat(refused.code()).isNotZero();
            assertThat(refused.message()).contains("dhcp", "eth0");
            assertThat(pod.run("ip", "-br", "link")).doesNotContain("eth0");

            startClient();
            node.succeed("DEL", pod);
        }
    }

    @Test
    void aBridgeIsNoGatewayForAddressesThatAreAskedForOverIt() {
        String keys = "\"type\": \"bridge\", \"bridge\": \"br0\", \"isGateway\": true";
        try (PodNetns pod = node.pod("refused", network(keys))) {
            Answer refused = node.call("ADD", pod);
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.message()).contains("\"isGateway\"", "DHCP");
            assertThat(node.run("ip", "-br", "link")).doesNotContain("br0");
        }
    }
}
