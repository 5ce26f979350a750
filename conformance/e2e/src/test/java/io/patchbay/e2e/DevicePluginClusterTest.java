package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cluster.Cluster;
import io.patchbay.cluster.Node;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.machine.PaperMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device plugin of a node's daemon under a real kubelet, with a machine on paper.
@Tag("kernel")
class DevicePluginClusterTest {
    /// The node sees it where the test does.
    @TempDir private static Path directory;

    private static PaperMachine machine;
    private static Cluster cluster;
    private static Node node;

    @BeforeAll
    static void start() throws IOException {
        machine = new PaperMachine(directory.resolve("machine"));
        pools("");
        cluster =
                Cluster.startWith(
                        "devicePlugin: {configFile: %s, resourcePrefix: example.com, root: %s}\n"
                                .formatted(pools(), machine.root()),
                        Checkout.dist(),
                        "worker");
        node = cluster.nodes().getFirst();
        CardPods.install(node);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Path pools() {
        return directory.resolve("pools.json");
    }

    /// At once: a file that is half written would be refused, and the log has no need of that.
    private static void pools(String pools) throws IOException {
        Path next = directory.resolve("pools.next");
        Files.writeString(next, "{\"resourceList\": [%s]}".formatted(pools));
        Files.move(next, pools(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pool(String name, String physical, String indexes) {
        return """
        {"resourceName": "%s", "selectors": {"drivers": ["iavf"], "rootDevices": ["%s#%s"]}}\
        """
                .formatted(name, physical, indexes);
    }

    /// A card with virtual functions that are driven by iavf.
    private static void card(String physical, int virtual) {
        machine.function(physical, "8086:1592", 1).physical(physical, 8, virtual);
        for (int n = 1; n <= virtual; n++) {
            machine.bound(physical.substring(0, physical.length() - 1) + n, "iavf");
        }
    }

    private static String kubectl(String... arguments) {
        return cluster.plane().kubectl(arguments);
    }

    private static void awaitAllocatable(String resource, int count) {
        kubectl(
                "wait",
                "--timeout=300s",
                "--for=jsonpath={.status.allocatable.%s}=%d"
                        .formatted(resource.replace(".", "\\."), count),
                "node/worker");
    }

    private static void awaitReady(String pod) {
        kubectl("wait", "--for=condition=Ready", "--timeout=300s", "pod/" + pod);
    }

    private static long registrations(String resource) {
        try (Stream<String> log = Files.lines(node.directory().resolve("patchbay.log"))) {
            return log.filter(line -> line.contains("the kubelet takes resource " + resource))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void podsGetDevicesWithTheirNetworksAndKeepThemWhenTheKubeletRestarts() throws IOException {
        CardPods cards = new CardPods("example.com/my-cards");
        card("0000:3b:00.0", 2);
        pools(pool("my-cards", "0000:3b:00.0", "0-7"));
        awaitAllocatable(cards.resource(), 2);
        cluster.plane().apply(cards.network("card"));
        cluster.plane().apply(cards.pod("one", "card"));
        awaitReady("one");
        String device = device("one");
        assertThat(CardPods.recorded(node)).isEqualTo(Map.of("one", device));
        assertThat(environment("one"))
                .contains(
                        "PCIDEVICE_EXAMPLE_COM_MY-CARDS=" + device,
                        "PCIDEVICE_EXAMPLE_COM_MY_CARDS_INFO={\"%s\":{\"generic\":{\"deviceID\":\"%s\"}}}"
                                .formatted(device, device));
        assertThat(networkStatus("one")).contains("\"pf-pci-address\":\"0000:3b:00.0\"");

        long before = registrations(cards.resource());
        node.restartKubelet(cluster.plane());
        Await.until("it is registered again", () -> registrations(cards.resource()) > before);
        awaitAllocatable(cards.resource(), 2);
        cluster.plane().apply(cards.pod("two", "card"));
        awaitReady("two");

        assertThat(device("one")).isEqualTo(device);
        assertThat(CardPods.recorded(node))
                .containsOnlyKeys("one", "two")
                .containsEntry("one", device)
                .containsEntry("two", device("two"))
                .extractingByKey("two")
                .isNotEqualTo(device);
        kubectl("delete", "pod", "one", "two");
        assertThat(CardPods.recorded(node)).isEmpty();
    }

    private static List<String> environment(String pod) {
        return kubectl("exec", pod, "--", "env").lines().toList();
    }

    private static String device(String pod) {
        String start = "PCIDEVICE_EXAMPLE_COM_MY_CARDS=";
        return environment(pod).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    private static String networkStatus(String pod) {
        return kubectl(
                        "get",
                        "pod",
                        pod,
                        "-o",
                        "jsonpath={.metadata.annotations.k8s\\.v1\\.cni\\.cncf\\.io/network-status}")
                .replaceAll("\\s", "");
    }

    @Test
    void aPoolGrowsAndAnotherComesWhileTheDaemonRuns() throws IOException {
        card("0000:4c:00.0", 3);
        pools(pool("growing", "0000:4c:00.0", "0"));
        awaitAllocatable("example.com/growing", 1);

        pools(pool("growing", "0000:4c:00.0", "0-1") + "," + pool("coming", "0000:4c:00.0", "2"));

        awaitAllocatable("example.com/growing", 2);
        awaitAllocatable("example.com/coming", 1);
    }

    @Test
    void whatIsGoneIsNotAllocatable() throws IOException {
        card("0000:5d:00.0", 2);
        pools(pool("going", "0000:5d:00.0", "0-1"));
        awaitAllocatable("example.com/going", 2);

        machine.removed("0000:5d:00.1");

        awaitAllocatable("example.com/going", 1);
    }
}
