package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full, torn or not to be written.
@Tag("kernel")
class DiskTest {
    /// Everything but /run is read-only, /tmp is not to be written at all.
    private static final String READ_ONLY =
            """
            mount -o remount,bind,ro /
            mount -t tmpfs -o ro,mode=555 none /tmp
            exec "$@"
            """;

    @TempDir Path work;

    private TelecomNode node;
    private PodNetns pod;

    @BeforeEach
    void boot() {
        node = TelecomNode.create(work);
        pod = node.pod("amf");
    }

    @AfterEach
    void shutDown() {
        pod.close();
        node.close();
    }

    private Answer call(String command) {
        return node.shim().call(node.call(command, "amf", pod, "amf-0"));
    }

    @Test
    void aFullDiskUnderTheJournalRefusesAnAddAndChangesNothing() throws IOException {
        Files.createDirectories(node.state());
        node.namespace()
                .run("mount", "-t", "tmpfs", "-o", "size=64k", "small", node.state().toString());
        try (DaemonProcess _ = node.startDaemon()) {
            node.namespace()
                    .run("sh", "-c", "cat /dev/zero > %s/ballast || true".formatted(node.state()));
            Snapshot before = node.snapshot().plus(pod.snapshot());

            Answer refused = call("ADD");

            assertThat(refused.code()).as(refused.output()).isEqualTo(5);
            assertThat(refused.output()).contains("amf", "No space left on device");
            assertThat(node.snapshot().plus(pod.snapshot()).since(before)).isEmpty();

            node.namespace().run("rm", node.state().resolve("ballast").toString());
            assertThat(call("ADD").code()).isZero();
            assertThat(call("DEL").status()).isZero();
        }
        node.namespace().run("umount", node.state().toString());
    }

    @Test
    void aTornJournalRecordIsSetAsideAndNamedAndTheOthersStay() throws IOException {
        try (DaemonProcess _ = node.startDaemon()) {
            assertThat(call("ADD").code()).isZero();
        }
        Path whole = node.state().resolve("sandboxes/amf");
        byte[] record = Files.readAllBytes(whole);
        Files.write(
                node.state().resolve("sandboxes/torn"), Arrays.copyOf(record, record.length / 2));
        Files.writeString(node.state().resolve("sandboxes/foreign"), "{}");

        try (DaemonProcess daemon = node.startDaemon()) {
            assertThat(daemon.log()).contains("sandboxes/torn", "sandboxes/foreign");
            assertThat(node.state().resolve("set-aside"))
                    .isDirectoryContaining(path -> path.getFileName().toString().contains("torn"));
            assertThat(call("CHECK").output()).isEmpty();
            assertThat(call("DEL").status()).isZero();
        }
    }

    @Test
    void aReadOnlyRootAndAnUnwritableTmpAreEnough() throws IOException {
        node.namespace().run("cp", "-r", Checkout.dist().toString(), "/run/installed");
        Path run = node.namespace().file("/run/patchbay");
        Files.createDirectories(run.resolve("manifests"));
        Files.copy(node.manifests().resolve("pods.yaml"), run.resolve("manifests/pods.yaml"));
        Files.copy(
                node.manifests().resolve("networks.yaml"), run.resolve("manifests/networks.yaml"));
        Files.writeString(
                run.resolve("patchbay.yaml"),
                """
                socket: /run/patchbay/cni.sock
                state: /run/patchbay/state
                manifests: /run/patchbay/manifests
                cniConfigDirectory: /run/patchbay/net.d
                """);
        List<String> command =
                List.of(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-ec",
                        READ_ONLY,
                        "sh",
                        "/run/installed/bin/patchbay",
                        "daemon",
                        "--config",
                        "/run/patchbay/patchbay.yaml");
        try (DaemonProcess _ =
                DaemonProcess.start(node.namespace().enter(command), Map.of()).awaitReady()) {
            for (String verb : List.of("ADD", "CHECK", "DEL")) {
                Call call =
                        node.call(verb, "amf", pod, "amf-0")
                                .with("PATCHBAY_SOCKET", "/run/patchbay/cni.sock")
                                .with("PATCHBAY_STATE", "/run/patchbay/state");
                Answer answer = node.shim().call(call);
                assertThat(answer.code()).as(answer.output()).isZero();
            }
        }
    }
}
