package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The commands that ask a real API server, and change nothing there.
class ApiServerCommandsTest extends OnCluster {
    private static final String AWS_NODE =
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: aws-node, namespace: kube-system}
            spec:
              selector: {matchLabels: {k8s-app: aws-node}}
              template:
                metadata: {labels: {k8s-app: aws-node}}
                spec:
                  containers:
                    - name: aws-node
                      image: aws-node
                      env:
                        - {name: WARM_IP_TARGET, value: "7"}
                        - {name: ENABLE_PREFIX_DELEGATION, value: "true"}
                        - {name: ENABLE_POD_ENI, value: "true"}
                        - {name: MY_NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
            """;

    @BeforeAll
    static void fillCluster() {
        cluster.network("with.dot", "10.42.0.0/16");
        cluster.pod("amf", "side@net7");
        cluster.pod("lost", "nowhere");
    }

    private static Witness.Said patchbay(String... arguments) {
        List<String> line = new ArrayList<>(List.of(Installation.program()));
        line.addAll(List.of(arguments));
        return Witness.here().attempt(cluster.namespace().enter(line).toArray(String[]::new));
    }

    private static String kubeconfig() {
        return cluster.plane().as("admin").kubeconfig().toString();
    }

    @Test
    void aPodOfTheClusterIsExplained() {
        Witness.Said said = patchbay("explain", "--kubeconfig", kubeconfig(), "--pod", "core/amf");
        assertThat(said.status()).as(said.output()).isZero();
        assertThat(said.output())
                .contains("pod core/amf")
                .containsPattern("net7 +core/side .*bridge .*in process");
        assertThat(cluster.status("amf")).isEmpty();
    }

    @Test
    void aRefusalNamesTheCluster() {
        Witness.Said said = patchbay("explain", "--kubeconfig", kubeconfig(), "--pod", "core/lost");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.output())
                .contains("pod core/lost is refused with 7: network core/nowhere")
                .contains("is in the cluster of " + cluster.plane().url());
        assertThat(patchbay("explain", "--kubeconfig", kubeconfig(), "--pod", "core/no").output())
                .contains("pod core/no is not in the cluster of https://");
    }

    @Test
    void theDaemonsOwnAccountIsEnoughToExplain() {
        Path own = cluster.plane().bearing(cluster.token(Duration.ofHours(1))).kubeconfig();
        Witness.Said said =
                patchbay("explain", "--kubeconfig", own.toString(), "--pod", "core/amf");
        assertThat(said.status()).as(said.output()).isZero();
    }

    @Test
    void whatMultusHadIsReadFromTheCluster() throws IOException {
        Path multus =
                Files.writeString(
                        work.resolve("00-multus.conf"),
                        """
                        {"cniVersion": "0.3.1", "name": "multus-cni-network", "type": "multus",
                         "delegates": [{"cniVersion": "0.3.1", "name": "main", "type": "bridge"}]}
                        """);
        Witness.Said said =
                patchbay("import", "multus", multus.toString(), "--kubeconfig", kubeconfig());
        assertThat(said.status()).as(said.output()).isZero();
        assertThat(said.output())
                .contains("NetworkAttachmentDefinition core/with.dot", "its name has a dot")
                .contains("pod core/lost", "network core/nowhere is not among the manifests");
    }

    private static Witness.Said importVpcCni(Path kubeconfig) {
        return patchbay("import", "vpc-cni", "--kubeconfig", kubeconfig.toString());
    }

    @Test
    void theEnvironmentOfAwsNodeIsReadFromTheCluster() {
        Path admin = cluster.plane().as("admin").kubeconfig();
        Witness.Said missing = importVpcCni(admin);
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.output())
                .contains(
                        "the cluster of %s has no DaemonSet kube-system/aws-node"
                                .formatted(cluster.plane().url()));

        cluster.plane().apply(AWS_NODE);

        Witness.Said said = importVpcCni(admin);
        assertThat(said.status()).as(said.output()).isZero();
        assertThat(said.output())
                .contains("warmAddresses: 7", "prefixes: true")
                .contains("ENABLE_POD_ENI", "MY_NODE_NAME");
        cluster.plane().kubectl("delete", "daemonset", "aws-node", "-n", "kube-system");
    }

    @Test
    void whoMayNotReadAwsNodeIsToldSo() {
        Path own = cluster.plane().bearing(cluster.token(Duration.ofHours(1))).kubeconfig();

        Witness.Said said = importVpcCni(own);

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.output())
                .contains("403", "daemonsets.apps \"aws-node\" is forbidden")
                .doesNotContain("Exception");
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamed() throws IOException {
        String text = Files.readString(cluster.plane().as("admin").kubeconfig());
        Path nowhere =
                Files.writeString(
                        work.resolve("kubeconfig"),
                        text.replace(cluster.plane().url(), "https://127.0.0.1:1"));

        Witness.Said said = importVpcCni(nowhere);

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.output())
                .contains(
                        "https://127.0.0.1:1",
                        "/apis/apps/v1/namespaces/kube-system/daemonsets/aws-node");
    }
}
