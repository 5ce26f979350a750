package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private static Manifest read(String text) {
        return ManifestReader.read("file.yaml", text);
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void podsAndNetworksOfOneFileAreRead() {
        Manifest manifest =
                read(
                        """
                        # A comment is no document.
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: amf-0
                          namespace: core
                          uid: 6b1c1d5e
                          labels: {app: amf}
                          annotations:
                            k8s.v1.cni.cncf.io/networks: signalling
                        spec:
                          containers: []
                        --- # the network
                        apiVersion: k8s.cni.cncf.io/v1
                        kind: NetworkAttachmentDefinition
                        metadata: {name: signalling}
                        spec:
                          config: |
                            {"cniVersion": "1.1.0",
                             "type": "bridge"}
                        """);
        assertThat(manifest.problems()).isEmpty();
        Pod pod = manifest.pods().getFirst();
        assertThat(pod.ref().toString()).isEqualTo("core/amf-0");
        assertThat(pod.ref().uid()).isEqualTo("6b1c1d5e");
        assertThat(pod.labels()).isEqualTo(Map.of("app", "amf"));
        assertThat(pod.annotations())
                .isEqualTo(Map.of("k8s.v1.cni.cncf.io/networks", "signalling"));
        assertThat(manifest.networks())
                .containsExactly(
                        new NetworkAttachmentDefinition(
                                "default",
                                "signalling",
                                Map.of(),
                                Optional.of(
                                        "{\"cniVersion\": \"1.1.0\",\n \"type\": \"bridge\"}\n")));
    }

    @Test
    void jsonAndListsAreManifestsToo() {
        Manifest manifest =
                read(
                        """
                        {"apiVersion": "v1", "kind": "List", "items": [
                          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}},
                          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}}]}
                        """);
        assertThat(manifest.pods()).map(pod -> pod.ref().name()).containsExactly("a", "b");
    }

    @Test
    void otherKindsAreIgnored() {
        Manifest manifest = read("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n");
        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.ignored()).containsExactly("apps/v1 Deployment");
    }

    @Test
    void aBrokenDocumentIsNamedWithItsLineAndSpoilsNoOther() {
        Manifest manifest =
                read(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: first}
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: [broken
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: third}
                        """);
        assertThat(manifest.pods()).map(pod -> pod.ref().name()).containsExactly("first", "third");
        assertThat(manifest.problems()).hasSize(1);
        Problem problem = manifest.problems().getFirst();
        assertThat(problem.line()).isBetween(7, 8);
        assertThat(problem.toString()).startsWith("file.yaml, line ");
    }

    @Test
    void whatIsWrongIsNamedByItsKey() {
        assertThat(problems("a: 1\n"))
                .containsExactly(
                        "file.yaml, line 1: a manifest has an apiVersion and a kind, and this has not both");
        assertThat(problems("just text\n").getFirst()).contains("an object is expected");
        assertThat(problems("---\napiVersion: v1\nkind: Pod\n").getFirst())
                .contains("line 1", "\"metadata\"", "missing");
        assertThat(problems("apiVersion: v1\nkind: Pod\nmetadata: {name: ../x}\n").getFirst())
                .contains("\"metadata.name\"", "\"../x\" is no Kubernetes name");
        assertThat(
                        problems("apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {a: 1}}\n")
                                .getFirst())
                .contains("\"metadata.labels.a\"", "a string is expected, not the number 1");
        assertThat(problems("a: 1\na: 2\n").getFirst()).contains("line 2", "Duplicate");
    }
}
