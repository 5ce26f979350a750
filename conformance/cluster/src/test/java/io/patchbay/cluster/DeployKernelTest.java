package io.patchbay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.kernel.NamespaceHolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The manifests of deploy/, as an operator applies them.
@Tag("kernel")
class DeployKernelTest {
    private static final List<String> FILES =
            List.of("network-attachment-definition.yaml", "rbac.yaml", "daemonset.yaml");

    private static NamespaceHolder namespace;
    private static ControlPlane plane;
    private static JsonNode pod;

    @BeforeAll
    static void apply() throws IOException {
        namespace = Inside.namespace();
        plane = ControlPlane.start(Inside.of(namespace));
        for (String file : FILES) {
            String path = SourceTree.file("deploy/" + file).toString();
            plane.kubectl("apply", "--validate=strict", "--dry-run=server", "-f", path);
            plane.kubectl("apply", "--validate=strict", "-f", path);
        }
        String daemonSet =
                plane.kubectl("get", "daemonset", "patchbay", "-n", "kube-system", "-o", "json");
        pod = new ObjectMapper().readTree(daemonSet).at("/spec/template/spec");
    }

    @AfterAll
    static void close() {
        plane.close();
        namespace.close();
    }

    private static JsonNode container() {
        return pod.at("/containers/0");
    }

    @Test
    void whatIsAppliedTwiceIsUnchanged() {
        for (String file : FILES) {
            assertThat(plane.kubectl("apply", "-f", SourceTree.file("deploy/" + file).toString()))
                    .doesNotContain("created", "configured");
        }
    }

    @Test
    void theDaemonSharesTheNodesNetworkAndProcesses() {
        assertThat(pod.path("hostNetwork").asBoolean()).isTrue();
        assertThat(pod.path("hostPID").asBoolean()).isTrue();
        assertThat(container().at("/securityContext/privileged").asBoolean()).isTrue();
        assertThat(container().at("/env/0/name").asText()).isEqualTo("NODE_NAME");
        assertThat(container().at("/env/0/valueFrom/fieldRef/fieldPath").asText())
                .isEqualTo("spec.nodeName");
    }

    @Test
    void nothingKeepsItFromANodeOrDrivesItAway() {
        assertThat(pod.path("priorityClassName").asText()).isEqualTo("system-node-critical");
        assertThat(pod.path("tolerations")).hasSize(1);
        assertThat(pod.at("/tolerations/0/operator").asText()).isEqualTo("Exists");
        assertThat(pod.at("/tolerations/0/key").isMissingNode()).isTrue();
        assertThat(pod.at("/tolerations/0/effect").isMissingNode()).isTrue();
        // It drains for 45 seconds (Daemon.DRAIN).
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(45);
    }

    /// Those of the node that patchbay.yaml names where nobody names others, and where a binary
    /// that the daemon calls finds its own.
    @Test
    void everyPlaceThatIsTheNodesIsThereUnderItsOwnPath() {
        Map<String, String> places = places();
        assertThat(places)
                .containsKeys(
                        "/run/patchbay",
                        "/var/lib/patchbay",
                        "/etc/cni/net.d",
                        "/etc/cni/multus/net.d",
                        "/opt/cni/bin",
                        "/var/lib/cni",
                        "/var/lib/kubelet/pod-resources",
                        "/var/lib/kubelet/device-plugins",
                        "/var/run/k8s.cni.cncf.io/devinfo",
                        "/var/run/cdi",
                        "/var/run/cilium",
                        "/run/netns")
                .allSatisfy((inside, outside) -> assertThat(outside).isEqualTo(inside));
    }

    /// The paths on the node by those in the container.
    private static Map<String, String> places() {
        Map<String, String> volumes = new HashMap<>();
        pod.path("volumes")
                .forEach(volume ->
                        volumes.put(
                                volume.path("name").asText(),
                                volume.at("/hostPath/path").asText()));
        Map<String, String> places = new HashMap<>();
        container()
                .path("volumeMounts")
                .forEach(mount -> {
                    String outside = volumes.getOrDefault(mount.path("name").asText(), "");
                    if (!outside.isEmpty()) {
                        places.put(mount.path("mountPath").asText(), outside);
                    }
                });
        return places;
    }

    @Test
    void aNamespaceThatComesLaterIsSeen() {
        assertThat(container().path("volumeMounts"))
                .filteredOn(mount -> mount.path("mountPath").asText().equals("/run/netns"))
                .extracting(mount -> mount.path("mountPropagation").asText())
                .containsExactly("HostToContainer");
    }

    @Test
    void itIsTheServiceAccountOfTheRolesWithATokenThatIsRenewed() {
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("patchbay");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        String can = "system:serviceaccount:kube-system:patchbay";
        assertThat(plane.as("admin").await("auth", "can-i", "patch", "pods", "--as", can))
                .isEqualTo("yes\n");
        assertThat(
                        plane.as("admin")
                                .attempt("auth", "can-i", "delete", "pods", "--as", can)
                                .output())
                .isEqualTo("no\n");
    }
}
