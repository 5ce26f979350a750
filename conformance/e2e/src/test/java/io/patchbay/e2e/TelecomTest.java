package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.ProcessState;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The installed daemon behind the plugin binary, driven by hand with the CNI environment.
@Tag("kernel")
class TelecomTest {
    @TempDir static Path work;

    private static final int CROWD = 20;

    private static TelecomNode node;
    private static DaemonProcess daemon;

    @BeforeAll
    static void boot() {
        node = TelecomNode.create(work);
        daemon = node.startDaemon();
    }

    @AfterAll
    static void shutDown() {
        assertThat(daemon.stop()).as("exit status after SIGTERM").isZero();
        node.close();
    }

    private static Answer call(String command, String containerId, PodNetns pod, String name) {
        return node.shim().call(node.call(command, containerId, pod, name));
    }

    @Test
    void aPodGetsThreeInterfacesTalksOnEachAndLeavesNothing() throws IOException {
        Snapshot before = node.snapshot();
        try (PodNetns amf = node.pod("amf");
                PodNetns upf = node.pod("upf")) {
            Snapshot empty = amf.snapshot().plus(upf.snapshot());
            Answer added = call("ADD", "amf", amf, "amf-0");
            assertThat(added.code()).as(added.output()).isZero();
            assertThat(call("ADD", "upf", upf, "upf-0").code()).isZero();

            List<PodView.Attachment> attachments = PodView.of("amf-0", amf).attachments();
            assertThat(attachments)
                    .extracting(PodView.Attachment::link)
                    .containsExactly("eth0", "net1", "net2");
            assertThat(added.json().path("ips").get(0).path("address").asText())
                    .isEqualTo(attachments.getFirst().ip() + "/32");
            for (PodView.Attachment attachment : attachments) {
                upf.run("ping", "-c", "1", "-w", "10", attachment.ip());
            }
            assertThat(Files.readString(node.manifests().resolve("status/core.amf-0.yaml")))
                    .contains("network-status", "core/signalling", "core/media", "\"10.30.0.11\"");

            assertThat(call("CHECK", "amf", amf, "amf-0").output()).isEmpty();
            amf.run("ip", "address", "del", "10.30.0.11/24", "dev", "net2");
            Answer changed = call("CHECK", "amf", amf, "amf-0");
            assertThat(changed.code()).isNotZero();
            assertThat(changed.message()).contains("net2", "10.30.0.11");

            assertThat(call("DEL", "amf", amf, "amf-0").output()).isEmpty();
            assertThat(call("DEL", "upf", upf, "upf-0").status()).isZero();
            assertThat(amf.snapshot().plus(upf.snapshot()).since(empty)).isEmpty();
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void aRepeatedAddOfALivingSandboxIsRefusedAndHarmsNothing() {
        try (PodNetns amf = node.pod("again")) {
            assertThat(call("ADD", "again", amf, "amf-0").status()).isZero();
            Snapshot attached = node.snapshot().plus(amf.snapshot());

            Answer refused = call("ADD", "again", amf, "amf-0");

            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.message()).contains("again", "DEL");
            assertThat(node.snapshot().plus(amf.snapshot()).since(attached)).isEmpty();
            assertThat(call("CHECK", "again", amf, "amf-0").status()).isZero();
            assertThat(call("DEL", "again", amf, "amf-0").status()).isZero();
            assertThat(call("DEL", "again", amf, "amf-0").status()).as("a second DEL").isZero();
        }
    }

    @Test
    void delWorksWhenTheNamespaceIsGone() {
        Snapshot before = node.snapshot();
        PodNetns amf = node.pod("gone");
        assertThat(call("ADD", "gone", amf, "amf-0").status()).isZero();
        amf.close();

        assertThat(call("DEL", "gone", amf, "amf-0").output()).isEmpty();

        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void twoHundredPairsOnSixteenThreadsSomeForTheSameSandboxLeakNothing() throws Exception {
        Files.writeString(node.manifests().resolve("crowd.yaml"), crowd());
        warmUp();
        Snapshot before = node.snapshot();
        ProcessState process = ProcessState.take(daemon.pid());
        List<PodNetns> pods = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            pods.add(node.pod("crowd-" + i));
        }
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            List<Future<Integer>> pairs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int which = i % pods.size();
                pairs.add(callers.submit(() -> pair("crowd-" + which, pods.get(which))));
            }
            int added = 0;
            for (Future<Integer> pair : pairs) {
                added += pair.get();
            }
            assertThat(added).as("ADDs that succeeded").isPositive();
        }
        for (PodNetns pod : pods) {
            assertThat(pod.run("ip", "-br", "link").lines()).hasSize(1);
            pod.close();
        }
        assertThat(node.snapshot().since(before)).isEmpty();
        assertThat(process.leaks()).isEmpty();
    }

    private static String crowd() {
        StringBuilder manifests = new StringBuilder();
        for (int i = 0; i < CROWD; i++) {
            manifests.append(
                    """
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: crowd-%1$d
                      namespace: core
                      annotations:
                        k8s.v1.cni.cncf.io/networks: '[{"name": "signalling"}, {"name": "media", "ips": ["10.30.1.%1$d/24"]}]'
                    """
                            .formatted(i));
        }
        return manifests.toString();
    }

    /// Threads and descriptors that a first call makes once.
    private static void warmUp() {
        try (PodNetns pod = node.pod("warm")) {
            pair("amf-0", pod);
        }
    }

    /// An ADD that meets another one of its sandbox may be refused, with 7 and nothing else.
    private static int pair(String id, PodNetns pod) {
        Answer added = call("ADD", id, pod, id);
        assertThat(added.code()).as(added.output()).isIn(0, 7);
        Answer deleted = call("DEL", id, pod, id);
        assertThat(deleted.status()).as(deleted.output()).isZero();
        return added.status() == 0 ? 1 : 0;
    }
}
