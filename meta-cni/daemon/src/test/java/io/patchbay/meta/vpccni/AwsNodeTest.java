package io.patchbay.meta.vpccni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.translation.Translation;
import io.patchbay.spi.cni.CniException;
import org.junit.jupiter.api.Test;

/// aws-node's manifest in the forms that kubectl and charts give it.
class AwsNodeTest {
    private static final String DAEMON_SET =
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: aws-node, namespace: kube-system}
            spec:
              template:
                spec:
                  initContainers:
                    - name: aws-vpc-cni-init
                      env:
                        - {name: DISABLE_TCP_EARLY_DEMUX, value: "true"}
                        - {name: ENABLE_IPv6, value: "true"}
                  containers:
                    - name: aws-node
                      env:
                        - {name: ENABLE_IPv6, value: "false"}
                        - {name: WARM_ENI_TARGET, value: "2"}
                        - name: MY_NODE_NAME
                          valueFrom: {fieldRef: {apiVersion: v1, fieldPath: spec.nodeName}}
                        - name: CLUSTER_NAME
                          valueFrom: {configMapKeyRef: {name: cluster, key: name}}
                        - name: ENABLE_MULTI_NIC
                          valueFrom: {secretKeyRef: {name: s, key: k}}
                        - {name: AWS_REGION, value: "$(REGION)"}
                        - {name: POD_MTU}
                      envFrom:
                        - configMapRef: {name: more}
                    - name: aws-eks-nodeagent
                      env:
                        - {name: OTHER, value: "1"}
            """;

    private static String remarks(Translation translation) {
        return String.join("\n", translation.remarks());
    }

    @Test
    void the_variables_of_its_container_and_of_the_init_container_are_read() {
        Translation translation = VpcCniImport.read("ds.yaml", DAEMON_SET);

        assertThat(translation.settings().at("/delegates/vpc/pool/warmInterfaces").asInt())
                .isEqualTo(2);
        assertThat(remarks(translation))
                .contains("DISABLE_TCP_EARLY_DEMUX: is not needed", "ENABLE_IPv6: is off")
                .contains("POD_MTU: is empty")
                .doesNotContain("OTHER");
    }

    @Test
    void what_is_elsewhere_is_named_with_its_place() {
        Translation translation = VpcCniImport.read("ds.yaml", DAEMON_SET);

        assertThat(remarks(translation))
                .contains("CLUSTER_NAME: comes from configMapKeyRef \"cluster\", key \"name\"")
                .contains("write interfaces.cluster yourself")
                .contains("ENABLE_MULTI_NIC: comes from secretKeyRef \"s\", key \"k\"")
                .contains("where it is true, it is lost")
                .contains("AWS_REGION: comes from other variables, \"$(REGION)\"")
                .contains("envFrom: the variables of configMapRef \"more\" cannot be read")
                .contains(
                        "MY_NODE_NAME: comes from the pod's spec.nodeName, whatever that is: tells");
        assertThat(translation.settings().at("/delegates/vpc").has("interfaces")).isFalse();
    }

    @Test
    void an_mtu_from_elsewhere_is_not_written_over() {
        Translation translation =
                VpcCniImport.read(
                        "ds.yaml",
                        DAEMON_SET.replace("name: CLUSTER_NAME", "name: AWS_VPC_ENI_MTU"));

        assertThat(translation.settings().at("/delegates/vpc").has("mtu")).isFalse();
    }

    @Test
    void lists_several_documents_and_json_are_read_and_other_objects_passed_over() {
        String other = "kind: DaemonSet\nmetadata: {name: kube-proxy}\nspec: {}\n---\n";
        String list =
                "apiVersion: v1\nkind: List\nitems:\n  -"
                        + DAEMON_SET.indent(4).substring(3)
                        + """
                          - kind: ConfigMap
                            metadata: {name: amazon-vpc-cni}
                            data: {enable-windows-ipam: "true"}
                          - kind: ConfigMap
                            metadata: {name: another}
                            data: {max: "x"}
                        """
                                .indent(0);
        String json =
                """
                {"kind": "DaemonSet", "metadata": {"name": "aws-node"}, "spec": {"template": {"spec": {
                  "containers": [{"name": "aws-node", "env": [{"name": "MAX_ENI", "value": "4"}]}]}}}}
                """;

        assertThat(VpcCniImport.read("x", other + DAEMON_SET).settings().toString())
                .contains("warmInterfaces");
        assertThat(remarks(VpcCniImport.read("x", list)))
                .contains(
                        "WARM_ENI_TARGET: becomes", "enable-windows-ipam: is for nodes of Windows")
                .doesNotContain("max:");
        assertThat(VpcCniImport.read("x", json).settings().toString())
                .contains("\"maxInterfaces\":4");
    }

    @Test
    void what_is_no_environment_is_refused() {
        String[][] cases = {
            {"", "has no DaemonSet with a container aws-node"},
            {"kind: Pod\n", "has no DaemonSet"},
            {DAEMON_SET.replace("- name: aws-node\n", "- name: x\n"), "has no DaemonSet"},
            {DAEMON_SET + "---\n" + DAEMON_SET, "several DaemonSets"},
            {"a: [", "f, line "},
            {"kind: Pod\n---\na: [", "f, line "},
            {"- 1\n", "an object is expected"},
            {
                DAEMON_SET.replace("value: \"2\"", "value: 2"),
                "f, variable WARM_ENI_TARGET, key \"value\": a string"
            },
        };
        for (String[] one : cases) {
            assertThatExceptionOfType(CniException.class)
                    .as(one[0])
                    .isThrownBy(() -> VpcCniImport.read("f", one[0]))
                    .withMessageContaining(one[1]);
        }
    }
}
