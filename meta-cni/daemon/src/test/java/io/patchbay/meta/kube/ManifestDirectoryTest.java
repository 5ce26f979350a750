package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.socket.Await;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ManifestDirectoryTest {
    @TempDir Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private ManifestDirectory manifests;

    @BeforeEach
    void open() {
        manifests = ManifestDirectory.open(directory, warnings::add);
    }

    @AfterEach
    void close() {
        manifests.close();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String pod(String name, String networks) {
        return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          annotations: {k8s.v1.cni.cncf.io/networks: "%s"}
        """
                .formatted(name, networks);
    }

    private static String network(String name) {
        return """
        apiVersion: k8s.cni.cncf.io/v1
        kind: NetworkAttachmentDefinition
        metadata: {name: %s}
        """
                .formatted(name);
    }

    private String networksOf(String pod) {
        return manifests
                .findPod(new PodRef("default", pod, ""))
                .orElseThrow()
                .annotations()
                .getOrDefault("k8s.v1.cni.cncf.io/networks", "");
    }

    @Test
    void aPodWrittenJustBeforeTheCallIsFoundAndItsNewestFormCounts() throws IOException {
        for (int n = 0; n < 100; n++) {
            assertThat(manifests.findPod(new PodRef("default", "pod" + n, ""))).isEmpty();
            write("pod" + n + ".yaml", pod("pod" + n, "a"));
            assertThat(networksOf("pod" + n)).isEqualTo("a");
            write("pod" + n + ".yaml", pod("pod" + n, "longer"));
            assertThat(networksOf("pod" + n)).isEqualTo("longer");
        }
        Files.delete(directory.resolve("pod7.yaml"));
        assertThat(manifests.findPod(new PodRef("default", "pod7", ""))).isEmpty();
    }

    @Test
    void networksAreFoundInEveryKindOfFile() throws IOException {
        write("a.yaml", network("one"));
        write("b.yml", network("two") + "---\n" + network("three"));
        write(
                "c.json",
                """
                {"apiVersion": "k8s.cni.cncf.io/v1", "kind": "NetworkAttachmentDefinition",
                 "metadata": {"name": "four", "namespace": "other"}}
                """);
        write("d.txt", network("five"));
        write(".hidden.yaml", network("six"));
        assertThat(manifests.networks())
                .map(NetworkAttachmentDefinition::toString)
                .containsExactly("default/one", "default/two", "default/three", "other/four");
        assertThat(manifests.findNetwork("other", "four")).isPresent();
        assertThat(manifests.findNetwork("default", "five")).isEmpty();
    }

    @Test
    void aBrokenFileIsAWarningThatComesByItselfAndOnce() throws IOException {
        write("fine.yaml", network("fine"));
        Path broken = write("broken.yaml", "a: [1\n");
        Await.until("it is warned of", () -> !warnings.isEmpty());
        assertThat(manifests.networks()).hasSize(1);
        assertThat(manifests.networks()).hasSize(1);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).startsWith(broken + ", line ");
        Files.writeString(broken, network("mended"));
        assertThat(manifests.findNetwork("default", "mended")).isPresent();
    }

    @Test
    void ofTwoWithOneNameTheFirstCountsAndTheWarningNamesBoth() throws IOException {
        Path second = write("b.yaml", pod("twin", "second"));
        assertThat(networksOf("twin")).isEqualTo("second");
        Path first = write("a.yaml", pod("twin", "first"));
        Await.until("it is warned of", () -> !warnings.isEmpty());
        assertThat(networksOf("twin")).isEqualTo("first");
        assertThat(warnings)
                .containsExactly(
                        "pod default/twin is in %s and again in %s: the first counts"
                                .formatted(first, second));
    }

    @Test
    void aFileThatIsNoTextIsAWarning() throws IOException {
        Files.write(directory.resolve("x.yaml"), new byte[] {'a', (byte) 0xff});
        Await.until("it is warned of", () -> !warnings.isEmpty());
        assertThat(warnings.getFirst()).contains("x.yaml, line 1", "no UTF-8");
    }

    @Test
    void aStatusIsWrittenAsThePodsAnnotationAndTakenBack() throws IOException {
        PodRef pod = new PodRef("core", "amf-0", "");
        manifests.publishStatus(pod, "[\n  {\"name\": \"vpc\"}\n]");
        Path file = directory.resolve("status/core.amf-0.yaml");
        Pod written = ManifestReader.read("status", Files.readString(file)).pods().getFirst();
        assertThat(written.ref()).isEqualTo(pod);
        assertThat(written.annotations().get(NetworkStatus.KEY))
                .isEqualTo("[\n  {\"name\": \"vpc\"}\n]");
        assertThat(manifests.findPod(new PodRef("core", "amf-0", "")))
                .as("a status is no pod")
                .isEmpty();
        manifests.withdrawStatus(pod);
        manifests.withdrawStatus(pod);
        assertThat(file).doesNotExist();
        assertThat(directory.resolve("status")).isEmptyDirectory();
    }

    @Test
    void aStatusThatWasNotWrittenIsWrittenAfterAStartAndNoOther() throws IOException {
        PodRef told = new PodRef("core", "told", "");
        PodRef untold = new PodRef("core", "untold", "");
        PodRef unknown = new PodRef("core", "unknown", "");
        manifests.publishStatus(told, "[1]");
        Path file = directory.resolve("status/core.told.yaml");
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        manifests.publishStatus(untold, "[0]");
        manifests.restoreStatuses(
                List.of(told, untold, unknown),
                pod -> pod.equals(unknown) ? Optional.empty() : Optional.of("[1]"));
        assertThat(directory.resolve("status/core.untold.yaml")).content().contains("[1]");
        assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey()).isEqualTo(key);
        assertThat(directory.resolve("status/core.unknown.yaml")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotThereIsMade() {
        Path other = directory.resolve("deep/down");
        try (ManifestDirectory made = ManifestDirectory.open(other)) {
            assertThat(other).isDirectory();
            assertThat(made.place()).isEqualTo("the manifests in " + other);
        }
    }
}
