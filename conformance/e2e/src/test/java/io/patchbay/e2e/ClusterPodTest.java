package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cluster.Cluster;
import io.patchbay.cluster.Node;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole way of a pod: scheduler, kubelet, containerd, the plugin binary, the daemon.
@Tag("kernel")
class ClusterPodTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path TWO_PODS = Checkout.root().resolve("examples/cluster/two-pods.yaml");
    private static final String STATUS = "k8s\\.v1\\.cni\\.cncf\\.io/network-status";
    private static final List<String> CARDS = List.of("0000:3b:02.1", "0000:3b:02.5");

    private static final CardPods PODS = new CardPods("example.com/card");

    private static Cluster cluster;
    private static Node node;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(Checkout.dist(), "worker");
        node = cluster.nodes().getFirst();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String kubectl(String... arguments) {
        return cluster.plane().kubectl(arguments);
    }

    private static void awaitReady(String... pods) {
        List<String> line =
                new ArrayList<>(List.of("wait", "--for=condition=Ready", "--timeout=300s"));
        line.addAll(List.of(pods));
        kubectl(line.toArray(String[]::new));
    }

    private static String ping(String from, String address) {
        return kubectl("exec", from, "--", "ping", "-c", "1", "-w", "10", address);
    }

    /// The network-status of a pod, by its interfaces.
    private static JsonNode status(String pod) throws IOException {
        return JSON.readTree(
                kubectl(
                        "get",
                        "pod",
                        pod,
                        "-o",
                        "jsonpath={.metadata.annotations." + STATUS + "}"));
    }

    private static String address(JsonNode status, int network) {
        return status.at("/%d/ips/0".formatted(network)).asText();
    }

    /// Bridges stay for the next pod.
    private static void nothingOfPodsIsLeft() throws IOException {
        assertThat(Witness.in(node.netns()).json("ip", "-j", "link").findValuesAsText("ifname"))
                .isSubsetOf("lo", "eth0", "pods", "side");
        assertThat(node.file("/run/netns")).isEmptyDirectory();
        assertThat(node.run("find", "/var/lib/cni", "-name", "10.*", "-o", "-name", "recorded.*"))
                .isEmpty();
        assertThat(node.run("find", "/var/lib/patchbay/sandboxes", "-type", "f")).isEmpty();
    }

    @Test
    void twoPodsMeetOnBothTheirNetworksAndLeaveNothing() throws IOException {
        cluster.plane().apply(TWO_PODS);
        awaitReady("pod/a", "pod/b");

        JsonNode b = status("b");
        assertThat(b.findValuesAsText("name")).containsExactly("pods", "default/side");
        assertThat(b.findValuesAsText("interface")).containsExactly("eth0", "net1");
        assertThat(kubectl("get", "pod", "b", "-o", "jsonpath={.status.podIP}"))
                .isEqualTo(address(b, 0));
        assertThat(kubectl("exec", "b", "--", "ip", "-4", "address", "show", "net1"))
                .contains(address(b, 1) + "/24");
        for (int network : List.of(0, 1)) {
            assertThat(ping("a", address(b, network))).contains("1 packets received");
            assertThat(ping("b", address(status("a"), network))).contains("1 packets received");
        }

        kubectl("delete", "-f", TWO_PODS.toString());
        nothingOfPodsIsLeft();
    }

    @Test
    void aPodsNetworkGetsTheDeviceThatTheKubeletGaveThePod() throws IOException {
        CardPods.install(node);
        cluster.plane().apply(PODS.network("card"));
        Path plugins = node.file("/var/lib/kubelet/device-plugins");
        try (var _ = FakeDevicePlugin.register(plugins, PODS.resource(), CARDS)) {
            kubectl(
                    "wait",
                    "--for=jsonpath={.status.allocatable.example\\.com/card}=2",
                    "--timeout=300s",
                    "node/worker");
            for (String name : List.of("one", "two")) {
                cluster.plane().apply(PODS.pod(name, "card"));
            }
            awaitReady("pod/one", "pod/two");

            assertThat(CardPods.recorded(node).values()).containsExactlyInAnyOrderElementsOf(CARDS);

            kubectl("delete", "pod", "one", "two");
            nothingOfPodsIsLeft();
        }
    }
}
