package io.patchbay.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kernel.NamespaceHolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class ControlPlaneKernelTest {
    private static final String READER = "reader";
    private static final String CONFIG =
            """
            {"cniVersion": "1.1.0", "type": "bridge", "bridge": "signalling"}\
            """;

    private static NamespaceHolder namespace;
    private static ControlPlane plane;

    @BeforeAll
    static void start() {
        namespace = Inside.namespace();
        plane = ControlPlane.start(Inside.of(namespace), User.of(READER, "readers"));
        plane.defineNetworks();
        plane.apply(Manifests.namespace("core"));
    }

    @AfterAll
    static void close() {
        plane.close();
        namespace.close();
    }

    @Test
    void a_network_is_read_back_as_it_was_written() {
        plane.apply(Manifests.network("core", "signalling", CONFIG));
        assertThat(
                        plane.kubectl(
                                "get",
                                "nad",
                                "signalling",
                                "-n",
                                "core",
                                "-o",
                                "jsonpath={.spec.config}"))
                .isEqualTo(CONFIG);
    }

    @Test
    void a_network_whose_configuration_is_no_string_is_refused() {
        String wrong =
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {namespace: core, name: wrong}
                spec: {config: {type: bridge}}
                """;
        assertThatThrownBy(() -> plane.apply(wrong)).hasMessageContaining("spec.config");
    }

    @Test
    void a_pod_is_bound_to_its_node_without_a_scheduler() {
        plane.apply(
                Manifests.list(
                        List.of(
                                Manifests.node("node-a", Map.of("zone", "one")),
                                Manifests.pod(
                                        "core",
                                        "amf-0",
                                        "node-a",
                                        Map.of("k8s.v1.cni.cncf.io/networks", "signalling")))));
        assertThat(
                        plane.kubectl(
                                "get",
                                "pods",
                                "-A",
                                "--field-selector=spec.nodeName=node-a",
                                "-o",
                                "name"))
                .isEqualTo("pod/amf-0\n");
    }

    @Test
    void what_was_stored_outlives_the_death_of_the_api_server() {
        plane.apply(Manifests.namespace("lasting"));
        plane.kill();
        assertThat(plane.as("admin").attempt("get", "namespaces").errors()).contains("refused");
        plane.restart();
        assertThat(plane.kubectl("get", "namespace", "lasting", "-o", "name"))
                .isEqualTo("namespace/lasting\n");
    }

    @Test
    void an_expired_token_is_not_authorized() {
        plane.apply(Manifests.serviceAccount("core", "daemon"));
        String living = plane.serviceAccountToken("core", "daemon", Duration.ofHours(1));
        String expired = plane.serviceAccountToken("core", "daemon", Duration.ofHours(-1));
        assertThat(plane.bearing(living).run("auth", "whoami"))
                .contains("system:serviceaccount:core:daemon");
        assertThat(plane.bearing(expired).attempt("auth", "whoami").errors())
                .contains("Unauthorized");
    }

    @Test
    void a_user_may_do_what_a_role_of_its_group_says_and_no_more() {
        plane.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: reader}
                rules:
                  - {apiGroups: [""], resources: [pods], verbs: [get, list]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: reader}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
                subjects:
                  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}
                """);
        Kubectl reader = plane.as(READER);
        assertThat(reader.await("get", "pods", "-A", "-o", "name")).isNotNull();
        assertThat(reader.attempt("get", "nodes").errors()).contains("Forbidden");
        assertThat(reader.attempt("delete", "pod", "amf-0").errors()).contains("Forbidden");
    }

    @Test
    void a_user_who_was_not_declared_is_an_error_that_says_where_to_declare_it() {
        assertThatThrownBy(() -> plane.token("nobody"))
                .hasMessage(
                        "there is no user nobody, but [admin, reader]: name it when you start the"
                                + " control plane");
    }

    @Test
    void thousands_of_networks_and_a_full_node_of_pods_come_and_go_at_once() {
        plane.apply(Manifests.namespace("large"));
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            objects.add(Manifests.network("large", "network-" + i, CONFIG));
        }
        for (int i = 0; i < 250; i++) {
            objects.add(Manifests.pod("large", "pod-" + i, "node-b", Map.of()));
        }
        plane.create(objects);
        assertThat(namesIn("large")).hasSize(objects.size());
        plane.empty("large");
        assertThat(namesIn("large")).isEmpty();
    }

    private static Stream<String> namesIn(String namespace) {
        return plane.kubectl("get", "nad,pods", "-n", namespace, "-o", "name").lines();
    }
}
