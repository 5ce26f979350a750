package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay selftest` of the installed tree, on a node whose daemon runs.
@Tag("kernel")
class SelftestTest {
    private static final String MEDIA_IP = "core/media=10.30.0.250/24";

    @TempDir static Path work;

    private static TelecomNode node;
    private static DaemonProcess daemon;

    @BeforeAll
    static void boot() {
        node = TelecomNode.create(work);
        node.namespace().run("cp", Installation.plugin().toString(), "/opt/cni/bin/patchbay");
        daemon = node.startDaemon();
        // The lock file of self-tests stays.
        selftest("--network", "vpc");
    }

    @AfterAll
    static void shutDown() {
        assertThat(daemon.stop()).as("exit status after SIGTERM").isZero();
        node.close();
    }

    private static List<String> command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(Installation.program(), "selftest"));
        line.addAll(List.of("--config", node.settings().toString()));
        line.addAll(List.of(arguments));
        return node.installation().located(line);
    }

    private static Witness.Said selftest(String... arguments) {
        return Witness.here().attempt(command(arguments).toArray(String[]::new));
    }

    private static String lastLine(Witness.Said said) {
        return said.output().lines().toList().getLast();
    }

    /// The signalling bridge as the gateway that host-local names.
    private static void withGateway(Runnable test) {
        node.namespace().run("ip", "address", "add", "10.20.0.1/24", "dev", "signalling");
        try {
            test.run();
        } finally {
            node.namespace().run("ip", "address", "del", "10.20.0.1/24", "dev", "signalling");
        }
    }

    private static void withManifest(String name, String config, Runnable test) {
        Path file = node.manifests().resolve(name + ".yaml");
        try {
            Files.writeString(
                    file,
                    """
                    apiVersion: k8s.cni.cncf.io/v1
                    kind: NetworkAttachmentDefinition
                    metadata: {name: %s, namespace: core}
                    spec: {config: '%s'}
                    """
                            .formatted(name, config));
            try {
                test.run();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aNodeOnWhichEverythingAnswersPassesAndKeepsNothing() {
        withGateway(() -> {
            Snapshot before = node.snapshot();
            Witness.Said said = selftest("--ip", MEDIA_IP);
            assertThat(said.output())
                    .containsPattern("ok +kernel +has macvlan")
                    .containsPattern("ok +version +patchbay .*, and so is the plugin binary")
                    .containsPattern("ok +plugin +/opt/cni/bin/patchbay")
                    .containsPattern("ok +configuration +/etc/cni/net.d/00-patchbay.conflist")
                    .containsPattern("ok +descriptors +\\d+ of \\d+ are in use")
                    .contains("network vpc\n", "network core/signalling\n", "network core/media\n")
                    .containsPattern("ok +address +10\\.30\\.0\\.250/24")
                    .containsPattern("ok +gateway +10\\.20\\.0\\.1 is there")
                    .containsPattern("ok +DEL again +done");
            assertThat(lastLine(said)).as(said.output()).isEqualTo("PASSED");
            assertThat(said.status()).isZero();
            assertThat(node.snapshot().since(before)).isEmpty();
        });
    }

    @Test
    void aGatewayThatIsSilentIsAnIssueAndSoAreAddressesThatPodsBring() throws IOException {
        Witness.Said said = selftest("--json");
        assertThat(said.status()).as(said.output()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(said.output());
        assertThat(report.path("verdict").asText()).isEqualTo("PASSED WITH ISSUES");
        assertThat(said.output())
                .contains("10.20.0.1 answers neither as a neighbour nor to a ping")
                .contains("--ip core/media=ADDRESS/PREFIX")
                .doesNotContain("FAILED");
        assertThat(lastLine(selftest("--network", "core/signalling")))
                .isEqualTo("PASSED WITH ISSUES");
        assertThat(lastLine(selftest("--skip", "core/signalling", "--skip", "core/media")))
                .isEqualTo("PASSED");
    }

    @Test
    void aNetworkWhoseParentIsMissingFailsAndTheOthersAreTriedAllTheSame() {
        withManifest(
                "broken",
                "{\"cniVersion\": \"1.1.0\", \"type\": \"macvlan\", \"master\": \"absent0\"}",
                () -> {
                    Snapshot before = node.snapshot();
                    Witness.Said said = selftest();
                    assertThat(said.status()).as(said.output()).isEqualTo(2);
                    assertThat(lastLine(said)).isEqualTo("FAILED");
                    assertThat(said.output())
                            .containsPattern("FAILED +ADD +refused with code \\d+: .*absent0")
                            .contains("network core/signalling\n");
                    assertThat(node.snapshot().since(before)).isEmpty();
                });
    }

    @Test
    void whatIsRefusedIsASentenceAndStatusTwo() {
        Witness.Said unknown = selftest("--network", "core/none");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.output())
                .contains("--network \"core/none\" is no network of this node")
                .contains("vpc, core/")
                .doesNotContain("\tat ");
        assertThat(selftest("--ip", "core/none=10.0.0.1/8").output())
                .contains("--ip \"core/none\"");
        List<String> line = new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--"));
        line.addAll(List.of(Installation.program(), "selftest"));
        Witness.Said nobody =
                Witness.here().attempt(node.namespace().enter(line).toArray(String[]::new));
        assertThat(nobody.output()).contains("takes root; this is uid 65534");
        assertThat(nobody.status()).isEqualTo(2);
    }

    @Test
    void aDaemonThatIsAwayFailsAndNoDelIsSpooled() {
        daemon.stop();
        try {
            Witness.Said said = selftest();
            assertThat(said.status()).isEqualTo(2);
            assertThat(lastLine(said)).isEqualTo("FAILED");
            assertThat(said.output()).contains("nobody listens on ", "start the daemon");
            assertThat(node.spool()).isEmptyDirectory();
        } finally {
            daemon = node.startDaemon();
        }
    }

    /// A plugin that hangs in CHECK, so that the test can act between ADD and DEL.
    private static Path hanging() throws IOException {
        Path plugin = work.resolve("hanging");
        Files.writeString(
                plugin,
                """
                #!/bin/sh
                if [ "$CNI_COMMAND" = CHECK ]; then cat > /dev/null; exec sleep 600; fi
                exec %s
                """
                        .formatted(Installation.plugin()));
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        return plugin;
    }

    private static DaemonProcess cut(String... arguments) throws IOException {
        List<String> line =
                new ArrayList<>(
                        command("--network", "core/signalling", "--plugin", hanging().toString()));
        line.addAll(List.of(arguments));
        return DaemonProcess.start(line, Map.of());
    }

    private static boolean isAttached() {
        return status().contains("selftest-");
    }

    private static String status() {
        return node.installation().patchbay("status").output();
    }

    @Test
    void whenItIsTerminatedItDetachesFirst() throws IOException {
        Snapshot before = node.snapshot();
        try (DaemonProcess selftest = cut()) {
            Await.until("the pod is attached", SelftestTest::isAttached);
            Witness.Said second = selftest("--network", "vpc");
            assertThat(second.status()).isEqualTo(2);
            assertThat(second.output()).contains("another self-test is at work");
            selftest.stop();
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void afterAKillTheNextSelftestOrTheGcLeavesNothing() throws IOException {
        Snapshot before = node.snapshot();
        try (DaemonProcess selftest = cut()) {
            Await.until("the pod is attached", SelftestTest::isAttached);
            selftest.kill();
        }
        Witness.Said next = selftest("--network", "vpc");
        assertThat(next.output()).contains("of an earlier self-test that was killed: done");
        assertThat(node.snapshot().since(before)).isEmpty();

        try (DaemonProcess selftest = cut()) {
            Await.until("the pod is attached", SelftestTest::isAttached);
            selftest.kill();
        }
        Answer gc =
                node.shim()
                        .call(
                                Call.of("GC")
                                        .input(
                                                """
                                                {"cniVersion": "1.1.0", "name": "patchbay",
                                                 "type": "patchbay", "cni.dev/valid-attachments": []}
                                                """));
        assertThat(gc.code()).as(gc.output()).isZero();
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void noOtherContainerMayAskForANetworkThatWay() {
        try (PodNetns pod = node.pod("sly")) {
            String asked = "PATCHBAY_SELFTEST_NETWORK=core/signalling";
            Answer refused =
                    node.shim().call(Call.of("ADD", "sly", pod.path()).with("CNI_ARGS", asked));
            assertThat(refused.code()).isEqualTo(4);
            assertThat(refused.message()).contains("PATCHBAY_SELFTEST_NETWORK", "sly");
        }
    }
}
