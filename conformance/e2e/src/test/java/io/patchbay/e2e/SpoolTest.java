package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A DEL that finds no daemon succeeds, is kept, and is worked off.
@Tag("kernel")
class SpoolTest {
    @TempDir Path work;

    private TelecomNode node;
    private PodNetns pod;
    private DaemonProcess daemon;
    private Snapshot before;

    @BeforeEach
    void attach() {
        node = TelecomNode.create(work);
        pod = node.pod("amf");
        daemon = node.startDaemon();
        before = node.snapshot().plus(pod.snapshot());
        assertThat(call("ADD").code()).isZero();
    }

    @AfterEach
    void shutDown() {
        daemon.close();
        pod.close();
        node.close();
    }

    private Answer call(String command) {
        return node.shim()
                .call(
                        node.call(command, "amf", pod, "amf-0")
                                .with("PATCHBAY_DEADLINE_MS", "30000"));
    }

    /// A DEL of somebody who does not wait long.
    private void hastyDel() {
        Answer answer =
                node.shim()
                        .call(
                                node.call("DEL", "amf", pod, "amf-0")
                                        .with("PATCHBAY_DEADLINE_MS", "500"));
        assertThat(answer.status()).as(answer.output()).isZero();
        assertThat(answer.output()).isEmpty();
    }

    private List<Path> spooled() {
        if (!Files.isDirectory(node.spool())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(node.spool())) {
            return files.filter(file -> file.toString().endsWith(".del")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void everythingIsAsBefore() {
        Await.until("the spool is worked off", () -> spooled().isEmpty());
        // The call that nobody waits for any more may still be under way.
        Await.none("changes", this::changes);
    }

    private List<String> changes() {
        return node.snapshot().plus(pod.snapshot()).since(before);
    }

    private void signal(String name) {
        Witness.here().run("kill", "-" + name, Long.toString(daemon.pid()));
    }

    @Test
    void whileTheDaemonIsDown() {
        daemon.stop();
        hastyDel();
        assertThat(spooled()).hasSize(1);

        daemon = node.startDaemon();

        everythingIsAsBefore();
    }

    @Test
    void whileTheDaemonIsDownAndThenAnAddOfTheSameSandbox() {
        daemon.kill();
        hastyDel();

        daemon = node.installation().launch();
        Await.until("the daemon takes an ADD", () -> call("ADD").code() == 0);

        assertThat(spooled()).isEmpty();
        assertThat(call("CHECK").output()).isEmpty();
        assertThat(call("DEL").status()).isZero();
        everythingIsAsBefore();
    }

    @Test
    void whileTheDaemonHangs() {
        signal("STOP");
        hastyDel();
        assertThat(spooled()).hasSize(1);

        signal("CONT");

        everythingIsAsBefore();
    }

    @Test
    void whileTheDaemonHangsAndThenAnAddOfTheSameSandbox() {
        signal("STOP");
        hastyDel();
        signal("CONT");

        assertThat(call("ADD").code()).isZero();

        assertThat(spooled()).isEmpty();
        assertThat(call("CHECK").output()).isEmpty();
        assertThat(call("DEL").status()).isZero();
        everythingIsAsBefore();
    }

    @Test
    void whileTheDaemonStarts() {
        for (int round = 0; round < 4; round++) {
            daemon.stop();
            daemon = node.installation().launch();
            hastyDel();
            daemon.awaitReady();
            everythingIsAsBefore();
            assertThat(call("ADD").code()).isZero();
        }
        assertThat(call("DEL").status()).isZero();
    }

    @Test
    void aTornSpoolFileIsSetAsideAndNamedAndHoldsNobodyUp() throws IOException {
        daemon.stop();
        Files.createDirectories(node.spool());
        Files.writeString(node.spool().resolve("00000000000000000001-1.del"), "no frame");
        hastyDel();

        daemon = node.startDaemon();

        everythingIsAsBeforeButForWhatWasSetAside();
        assertThat(daemon.log()).contains("00000000000000000001-1.del");
    }

    private void everythingIsAsBeforeButForWhatWasSetAside() {
        Await.until("the spool is worked off", () -> spooled().isEmpty());
        assertThat(changes()).allMatch(line -> line.startsWith("state + set-aside/"));
    }
}
