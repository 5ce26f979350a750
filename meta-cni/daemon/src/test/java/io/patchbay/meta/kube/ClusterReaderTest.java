package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ClusterReaderTest {
    @TempDir Path directory;
    private final PaperApiServer server = new PaperApiServer();

    @BeforeEach
    void fill() {
        for (int n = 0; n < 5; n++) {
            server.pod("pod-" + n, "" + n, "{\"a\": \"b\"}");
        }
        server.network("side");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path kubeconfig(String user) {
        try {
            return Files.writeString(
                    directory.resolve("config"),
                    """
                    apiVersion: v1
                    kind: Config
                    clusters:
                      - {name: other, cluster: {server: "http://127.0.0.1:1"}}
                      - {name: paper, cluster: {server: "%s/"}}
                    users: [{name: me, user: %s}]
                    contexts:
                      - {name: other, context: {cluster: other, user: me}}
                      - {name: paper, context: {cluster: paper, user: me}}
                    current-context: paper
                    """
                            .formatted(server.uri(), user));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClusterReader open(Path kubeconfig) {
        return ClusterReader.find(Optional.of(kubeconfig), Optional.empty(), Map.of())
                .orElseThrow();
    }

    @Test
    void theCurrentContextSaysWhereAndAsWhomEverythingIsRead() {
        try (ClusterReader reader = open(kubeconfig("{token: secret}"))) {
            Manifest everything = reader.everything();
            assertThat(everything.pods()).hasSize(5);
            assertThat(everything.networks())
                    .extracting(Object::toString)
                    .containsExactly("core/side");
            assertThat(reader.networks().pods()).isEmpty();
            assertThat(reader.place()).isEqualTo("the cluster of " + server.uri() + "/");
        }
        assertThat(server.asked).allMatch(it -> it.startsWith("GET "));
        assertThat(server.asked).noneMatch(it -> it.contains("fieldSelector"));
    }

    @Test
    void aPodIsFoundByItsNameOrIsNotThere() throws IOException {
        Files.writeString(directory.resolve("token"), "secret\n");
        try (ClusterReader reader = open(kubeconfig("{tokenFile: token}"))) {
            assertThat(reader.find("core", "pod-3").orElseThrow().annotations())
                    .containsEntry("a", "b");
            assertThat(reader.find("core", "absent")).isEmpty();
        }
    }

    @Test
    void aDaemonSetIsFoundByItsNameOrIsNotThere() {
        server.putSilently(
                "/apis/apps/v1/namespaces/kube-system/daemonsets/aws-node",
                "{\"kind\": \"DaemonSet\", \"spec\": {}}");
        try (ClusterReader reader = open(kubeconfig("{token: secret}"))) {
            assertThat(
                            reader.daemonSet("kube-system", "aws-node")
                                    .orElseThrow()
                                    .path("kind")
                                    .asText())
                    .isEqualTo("DaemonSet");
            assertThat(reader.daemonSet("kube-system", "absent")).isEmpty();
        }
    }

    @Test
    void aServerThatRefusesIsAnErrorWithItsWords() {
        try (ClusterReader reader = open(kubeconfig("{token: wrong}"))) {
            assertThatExceptionOfType(CniException.class)
                    .isThrownBy(reader::networks)
                    .withMessageContaining("is answered with 401: who are you")
                    .satisfies(refusal -> assertThat(refusal.code().value()).isEqualTo(5));
        }
    }

    @Test
    void aKubeconfigThatIsNoneIsNamed() throws IOException {
        assertRefused(directory.resolve("absent"), "absent cannot be read");
        Path file = kubeconfig("{token: secret}");
        String text = Files.readString(file);
        assertRefused(
                Files.writeString(file, text.replace("current-context: paper", "")),
                "\"current-context\"");
        assertRefused(
                Files.writeString(file, text.replace("name: me, user", "name: you, user")),
                "key \"users\": there is no \"me\" with a user");
        assertRefused(Files.writeString(file, "a: ["), "line 1");
    }

    private static void assertRefused(Path kubeconfig, String words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> open(kubeconfig))
                .withMessageContaining(words);
    }

    @Test
    void outsideAnyClusterThereIsNone() {
        assertThat(ClusterReader.find(Optional.empty(), Optional.empty(), Map.of())).isEmpty();
    }
}
