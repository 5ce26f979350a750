package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.socket.Await;
import io.patchbay.meta.socket.Listener;
import io.patchbay.meta.socket.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls whose runtime kills the plugin binary while they run. Only root may talk to the daemon.
@Tag("kernel")
@Timeout(300)
class AbandonedTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /// A plugin that writes down its verbs, and whose ADD waits as long as there is a fifo.
    private static final String PLUGIN =
            """
            #!/bin/sh
            echo $CNI_COMMAND >> %1$s/log
            [ $CNI_COMMAND = ADD ] || exit 0
            [ ! -p %1$s/fifo ] || read line < %1$s/fifo
            echo '{"cniVersion": "1.1.0"}'
            """;

    @TempDir private Path directory;
    private Node node;
    private Listener listener;

    @BeforeEach
    void openNode() throws Exception {
        node = new Node(directory);
        node.kernel.inodes.put("/run/netns/c1", 7L);
        node.manifest(
                "side.yaml",
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: waiting, namespace: core}
                spec:
                  config: '{"cniVersion": "1.1.0", "type": "waiting"}'
                """);
        node.pod("amf-0", "side,waiting", "");
        Files.writeString(directory.resolve("waiting"), PLUGIN.formatted(directory));
        Files.setPosixFilePermissions(
                directory.resolve("waiting"), PosixFilePermissions.fromString("rwx------"));
        var mkfifo = new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        listener =
                Listener.open(new Listener.Options(socket(), 2, 0, LONG, LONG, LONG), node.verbs);
    }

    @AfterEach
    void closeNode() {
        listener.close();
        node.close();
    }

    private Path socket() {
        return directory.resolve("run").resolve("cni.sock");
    }

    private byte[] frame(String command) {
        Map<String, String> environment = Node.environment(command, "c1", "amf-0");
        environment.put("CNI_PATH", directory.toString());
        return Wire.frame(environment, Node.CONFIG.formatted(""), 0);
    }

    private List<String> log() throws IOException {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private boolean hasSaid(String verb) {
        try {
            return log().contains(verb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void abandonAnAdd() throws IOException {
        try (SocketChannel runtime = Wire.connect(socket())) {
            runtime.write(ByteBuffer.wrap(frame("ADD")));
            Await.until("the plugin waits", () -> hasSaid("ADD"));
        }
    }

    @Test
    void anAddWhoseRuntimeIsGoneIsUndoneAndAnotherOneSucceeds() throws IOException {
        abandonAnAdd();
        Await.until("the ADD is undone", () -> node.journal.all().isEmpty());
        assertThat(log()).containsExactly("ADD", "DEL");
        assertThat(node.paper.events).contains("del net1 of c1", "del eth0 of c1");

        Files.delete(directory.resolve("fifo"));
        assertThat(Wire.call(socket(), frame("ADD")).body()).contains("10.0.0.5/24");
        assertThat(Wire.call(socket(), frame("DEL")).status()).isZero();
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void aDelWaitsForTheAddThatIsGivenUp() throws IOException {
        abandonAnAdd();

        assertThat(Wire.call(socket(), frame("DEL")).status()).isZero();

        assertThat(log()).containsExactly("ADD", "DEL");
        assertThat(node.journal.all()).isEmpty();
    }
}
