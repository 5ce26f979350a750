package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.VpcCniPod;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

/// A node that was Amazon's plugin's, with the installed daemon on it: the pods that run keep their
/// addresses, and the runtime's DEL frees each once.
@Tag("kernel")
@Timeout(600)
class CloudAdoptionTest {
    private static final String POOL = "provision: false";

    @TempDir private Path work;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private CloudNode node;

    /// In the order of their addresses.
    private final List<Old> old = new ArrayList<>();

    /// By name of the pod.
    private final Map<String, PodNetns> opened = new HashMap<>();

    /// A pod that was there before the daemon.
    private record Old(VpcCniPod left, PodNetns netns) {
        String address() {
            return Cidr.text(left.address());
        }
    }

    @BeforeEach
    void prepare() {
        node = new CloudNode("one", work);
    }

    @AfterEach
    void shutDown() {
        opened.values().forEach(PodNetns::close);
        vpc.close();
        node.close();
    }

    /// @param busy how many addresses of each interface have a pod
    private void leave(int cooldown, int[] secondaries, int... busy) {
        List<SimulatedEni> enis =
                node.boot(vpc, cooldown, POOL, "egress: {snat: external}", secondaries).enis();
        node.namespace().run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        for (int device = 0; device < busy.length; device++) {
            if (device > 0) {
                node.namespace().run("sh", "-ec", VpcCniPod.setUp(enis.get(device)));
            }
            for (int n = 0; n < busy[device]; n++) {
                String name = "web-%d-%d".formatted(device, n);
                PodNetns netns = open(name);
                VpcCniPod left =
                        new VpcCniPod(
                                "default",
                                name,
                                "container-of-" + name,
                                enis.get(device).secondaries().get(n),
                                device);
                node.namespace().run("sh", "-ec", left.attach(netns.path()));
                old.add(new Old(left, netns));
            }
        }
    }

    private PodNetns open(String name) {
        return opened.computeIfAbsent(name, node::netns);
    }

    private void remember(String checkpoint) {
        node.namespace()
                .run(
                        "sh",
                        "-ec",
                        "mkdir -p $(dirname $1); printf %s \"$2\" > $1",
                        "sh",
                        VpcCniPod.CHECKPOINT,
                        checkpoint);
    }

    /// Tells the address.
    private String add(String name) {
        node.manifest(name);
        Answer answer = node.add(name, name, open(name));
        assertThat(answer.status()).as(answer.output()).isZero();
        String address = answer.json().path("ips").path(0).path("address").asText();
        return Cidr.text(Cidr.parse(address).address());
    }

    private Answer attempt(String name) {
        node.manifest(name);
        Answer answer = node.call("ADD", name, name, open(name));
        if (answer.status() != 0) {
            del(name, name);
        }
        return answer;
    }

    private void del(String container, String name) {
        Answer answer = node.call("DEL", container, name, open(name));
        assertThat(answer.status()).as(answer.output()).isZero();
    }

    private void del(Old pod) {
        del(pod.left().containerId(), pod.left().name());
    }

    /// Whose the addresses are that somebody has, by address.
    private Map<String, String> owners() throws IOException {
        Witness.Said said = node.patchbay("show", "vpc", "--output", "json");
        assertThat(said.status()).as(said.output()).isZero();
        Map<String, String> owners = new HashMap<>();
        new ObjectMapper()
                .readTree(said.output())
                .at("/types/0/tables/1/rows")
                .forEach(row -> {
                    if (row.path("STATE").asText().equals("assigned")) {
                        owners.put(row.path("ADDRESS").asText(), row.path("CONTAINER").asText());
                    }
                });
        return owners;
    }

    private boolean reachesTheInternet(Old pod) {
        return pod.netns()
                        .attempt(
                                "ping",
                                "-n",
                                "-q",
                                "-c",
                                "1",
                                "-w",
                                "10",
                                Cidr.text(vpc.internet()))
                        .status()
                == 0;
    }

    @Test
    void thirtyPodsKeepTheirAddressesThroughChurnAndFreeThemOnceEach() throws IOException {
        leave(1, new int[] {18, 18}, 15, 15);
        remember(VpcCniPod.checkpoint(old.stream().map(Old::left).toList()));
        Map<String, String> owners = new HashMap<>();
        old.forEach(pod -> owners.put(pod.address(), pod.left().containerId()));
        DaemonProcess daemon = node.start();
        assertThat(owners()).isEqualTo(owners);
        for (int i = 0; i < 6; i++) {
            assertThat(owners.putIfAbsent(add("new-" + i), "new-" + i)).isNull();
        }
        for (int batch = 0; batch < 3; batch++) {
            List<Old> ending = old.subList(10 * batch, 10 * batch + 10);
            assertThat(reachesTheInternet(ending.getLast())).isTrue();
            if (batch == 1) {
                // The runtime is answered from the spool.
                daemon.kill();
            }
            ending.forEach(this::del);
            if (batch == 1) {
                daemon = node.start();
            } else if (batch == 2) {
                daemon.kill();
                daemon = node.start();
            }
            ending.forEach(pod -> owners.remove(pod.address()));
            assertThat(owners()).isEqualTo(owners);
            for (Old pod : ending) {
                String next = "for-" + pod.left().name();
                assertThat(owners.putIfAbsent(add(next), next)).isNull();
            }
            assertThat(owners).hasSize(36);
            ending.forEach(this::del);
            assertThat(owners()).isEqualTo(owners);
        }
        assertThat(attempt("late").code()).isEqualTo(11);
        owners.values().forEach(name -> del(name, name));
        assertThat(node.witness().run("ip", "rule").lines())
                .noneMatch(rule -> rule.startsWith("512:") || rule.startsWith("1536:"));
        assertThat(daemon.stop()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"missing", "{\"version\":\"vpc-cni-", "{\"version\":\"vpc-cni-ipam/2\"}"})
    void withoutAGoodCheckpointAnAddressIsFreeOnceItsLinkIsGone(String checkpoint)
            throws IOException {
        leave(0, new int[] {0, 3}, 0, 2);
        if (!checkpoint.equals("missing")) {
            remember(checkpoint);
        }
        DaemonProcess daemon = node.start();
        assertThat(old).extracting(Old::address).doesNotContain(add("new"));
        daemon.kill();
        daemon = node.start();
        assertThat(old).allMatch(this::reachesTheInternet);

        Old gone = old.getFirst();
        del(gone);
        assertThat(attempt("early").code()).isEqualTo(11);
        opened.remove(gone.left().name());
        gone.netns().close();
        assertThat(add("next")).isEqualTo(gone.address());
        del(gone.left().containerId(), "gone");

        assertThat(owners()).containsEntry(gone.address(), "next");
        assertThat(reachesTheInternet(old.getLast())).isTrue();
        assertThat(daemon.stop()).isZero();
    }
}
