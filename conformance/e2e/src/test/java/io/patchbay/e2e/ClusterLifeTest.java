package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cluster.Kubectl;
import io.patchbay.cluster.Place;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process behind `make cluster`, with two nodes.
@Tag("kernel")
class ClusterLifeTest {
    @TempDir Path directory;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.patchbay.cluster.Main",
                                directory.toString(),
                                Integer.toString(freePort()),
                                "2")
                        .redirectError(log().toFile())
                        .start();
    }

    private Path log() {
        return directory.resolve("log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// What a process that was killed has left in memory is for `make cluster-down`.
    @AfterEach
    void kill() throws IOException {
        process.destroyForcibly().onExit().join();
        try (var left = Files.newDirectoryStream(Path.of("/dev/shm"), own() + "*")) {
            left.forEach(path -> Witness.here().run("rm", "-rf", path.toString()));
        }
    }

    private String own() {
        return "patchbay-cluster-%d-".formatted(process.pid());
    }

    @Test
    void podsOfTwoNodesMeetAndNothingRunsOnWhenTheClusterIsKilled() throws IOException {
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(new String(said, StandardCharsets.UTF_8))
                .as(Files.readString(log()))
                .contains("The cluster is up", "export KUBECONFIG=" + directory);
        Kubectl kubectl = kubectl();
        for (int node : List.of(1, 2)) {
            Path pod = Files.writeString(directory.resolve("pod.yaml"), pod(node));
            kubectl.run("apply", "-f", pod.toString());
        }
        kubectl.run("wait", "--for=condition=Ready", "--timeout=300s", "pod/pod-1", "pod/pod-2");
        String address = kubectl.run("get", "pod", "pod-2", "-o", "jsonpath={.status.podIP}");
        assertThat(address).startsWith("10.244.2.");
        assertThat(kubectl.run("exec", "pod-1", "--", "ping", "-c", "1", "-w", "10", address))
                .contains("1 packets received");
        assertThat(processes()).isNotZero();
        assertThat(cgroups()).contains("-node-1/kubepods", "-node-2/kubepods");

        process.destroyForcibly();

        Await.until("the servers end", () -> processes() == 0);
        Await.until("the cgroups are away", () -> cgroups().isEmpty());
    }

    private Kubectl kubectl() {
        String tool = Checkout.root().resolve("tools/kubernetes").toString();
        Path program = Path.of(Witness.here().run(tool, "kubectl").strip(), "kubectl");
        return new Kubectl(Place.here(), program, directory.resolve("kubeconfig"));
    }

    private static String pod(int node) {
        return """
        apiVersion: v1
        kind: Pod
        metadata: {name: pod-%1$d, namespace: default}
        spec:
          nodeName: node-%1$d
          containers: [{name: main, image: "localhost/busybox:1"}]
        """
                .formatted(node);
    }

    /// How many servers work in the directories of the cluster.
    private long processes() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(own()))
                .count();
    }

    /// The cgroups of the cluster. The shell does not mind one that goes while it looks, as find(1)
    /// does.
    private String cgroups() {
        String all = "shopt -s nullglob; echo /sys/fs/cgroup/{,*/}patchbay-%d-*/{,kubepods}";
        return Witness.here().run("bash", "-c", all.formatted(process.pid())).strip();
    }
}
