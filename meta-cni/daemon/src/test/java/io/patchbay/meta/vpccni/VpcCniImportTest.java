package io.patchbay.meta.vpccni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.translation.Translation;
import io.patchbay.meta.vpccni.VpcCniRows.Row;
import io.patchbay.spi.cni.CniException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The environment of aws-node, variable by variable.
class VpcCniImportTest {
    private static final String EMPTY = "# nothing\nWARM_ENI_TARGET=\n";

    private static Translation translate(String... lines) {
        return VpcCniImport.read("env", EMPTY + String.join("\n", lines));
    }

    private static String on(String name, Translation translation) {
        return translation.remarks().stream()
                .filter(remark -> remark.startsWith(name + ": "))
                .collect(Collectors.joining("\n"));
    }

    private static JsonNode vpc(String... lines) {
        return translate(lines).settings().at("/delegates/vpc");
    }

    @Test
    void every_variable_that_amazon_documents_is_in_the_table() {
        List<String> documented =
                List.of(
                        "WARM_ENI_TARGET WARM_IP_TARGET MINIMUM_IP_TARGET WARM_PREFIX_TARGET MAX_ENI",
                        "IP_COOLDOWN_PERIOD ENABLE_PREFIX_DELEGATION AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG",
                        "ENI_CONFIG_ANNOTATION_DEF ENI_CONFIG_LABEL_DEF ENABLE_POD_ENI",
                        "POD_SECURITY_GROUP_ENFORCING_MODE DISABLE_TCP_EARLY_DEMUX ENABLE_IPv4 ENABLE_IPv6",
                        "ENABLE_V4_EGRESS ENABLE_V6_EGRESS ENABLE_SUBNET_DISCOVERY",
                        "AWS_VPC_K8S_CNI_EXTERNALSNAT AWS_VPC_K8S_CNI_RANDOMIZESNAT",
                        "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS AWS_EXTERNAL_SERVICE_CIDRS",
                        "AWS_VPC_CNI_NODE_PORT_SUPPORT AWS_VPC_K8S_CNI_CONNMARK AWS_VPC_ENI_MTU POD_MTU",
                        "AWS_VPC_K8S_CNI_VETHPREFIX ADDITIONAL_ENI_TAGS CLUSTER_NAME CLUSTER_ENDPOINT",
                        "MANAGE_UNTAGGED_ENI AWS_MANAGE_ENIS_NON_SCHEDULABLE",
                        "DISABLE_NETWORK_RESOURCE_PROVISIONING DISABLE_LEAKED_ENI_CLEANUP",
                        "ENABLE_IMDS_ONLY_MODE ENABLE_MULTI_NIC ANNOTATE_POD_IP",
                        "NETWORK_POLICY_ENFORCING_MODE ENABLE_BANDWIDTH_PLUGIN DISABLE_POD_V6",
                        "AWS_VPC_K8S_CNI_BACKING_STORE HOST_CNI_BIN_PATH HOST_CNI_CONFDIR_PATH",
                        "AWS_VPC_K8S_CNI_LOGLEVEL AWS_VPC_K8S_CNI_LOG_FILE AWS_VPC_K8S_PLUGIN_LOG_LEVEL",
                        "AWS_VPC_K8S_PLUGIN_LOG_FILE AWS_VPC_K8S_EGRESS_V4_PLUGIN_LOG_FILE",
                        "AWS_VPC_K8S_EGRESS_V6_PLUGIN_LOG_FILE DISABLE_METRICS DISABLE_INTROSPECTION",
                        "INTROSPECTION_BIND_ADDRESS HTTP_TIMEOUT AWS_EC2_ENDPOINT AWS_ENDPOINT_URL_EC2",
                        "MY_NODE_NAME MY_POD_NAME VPC_CNI_VERSION AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER",
                        "ENABLE_NFTABLES enable-network-policy-controller branch-eni-cooldown",
                        "enable-windows-ipam enable-windows-prefix-delegation warm-prefix-target",
                        "warm-ip-target minimum-ip-target");
        List<String> names =
                documented.stream().flatMap(line -> List.of(line.split(" ")).stream()).toList();

        assertThat(names).hasSize(67);
        assertThat(Variables.BY_NAME.keySet()).containsAll(names);
        assertThat(VpcCniRows.ALL.stream().map(Row::name).distinct())
                .containsExactlyInAnyOrderElementsOf(Variables.BY_NAME.keySet());
    }

    @Test
    void each_variable_becomes_what_its_row_says_and_has_a_sentence() {
        JsonNode without = translate().settings();
        for (Row row : VpcCniRows.ALL) {
            Translation translation = translate(row.line());
            assertThat(on(row.name(), translation)).as(row.line()).contains(row.words());
            if (row.pointer().isEmpty()) {
                assertThat(translation.settings()).as(row.line()).isEqualTo(without);
            } else {
                assertThat(Json.text(translation.settings().at(row.pointer())))
                        .as(row.line())
                        .isEqualTo(row.json());
            }
        }
    }

    @Test
    void nothing_becomes_the_type_alone_and_the_mtu_that_amazon_sets() {
        Translation translation = translate();

        assertThat(Json.text(translation.settings()))
                .isEqualTo(
                        "{\"defaultNetwork\":{\"type\":\"vpc\"},\"delegates\":{\"vpc\":{\"mtu\":9001}}}");
        assertThat(on("AWS_VPC_ENI_MTU", translation)).contains("9001 there");
        assertThat(on("WARM_*", translation)).contains("pool.warmInterfaces: 1");
        assertThat(on("WARM_ENI_TARGET", translation)).contains("is empty");
    }

    @Test
    void the_targets_go_before_each_other_as_with_amazon() {
        Translation addresses =
                translate("WARM_IP_TARGET=3", "MINIMUM_IP_TARGET=9", "WARM_ENI_TARGET=1");
        assertThat(Json.text(addresses.settings().at("/delegates/vpc/pool")))
                .isEqualTo("{\"warmAddresses\":3,\"minimumAddresses\":9}");
        assertThat(on("WARM_ENI_TARGET", addresses)).contains("put aside by WARM_IP_TARGET");

        String[] prefixes = {"ENABLE_PREFIX_DELEGATION=true", "WARM_ENI_TARGET=1", ""};
        prefixes[2] = "WARM_PREFIX_TARGET=2";
        assertThat(Json.text(vpc(prefixes).path("pool")))
                .isEqualTo("{\"prefixes\":true,\"warmPrefixes\":2}");
        assertThat(on("WARM_ENI_TARGET", translate(prefixes))).contains("single addresses alone");
        prefixes[2] = "MINIMUM_IP_TARGET=20\nWARM_PREFIX_TARGET=0";
        assertThat(Json.text(vpc(prefixes).path("pool")))
                .isEqualTo("{\"prefixes\":true,\"minimumAddresses\":20}");
        assertThat(on("WARM_*", translate("ENABLE_PREFIX_DELEGATION=true")))
                .contains("pool.warmPrefixes: 1");
    }

    @Test
    void variables_of_one_key_are_weighed_as_amazon_and_its_sdk_do() {
        assertThat(
                        vpc(
                                        "AWS_VPC_K8S_CNI_RANDOMIZESNAT=none",
                                        "AWS_VPC_K8S_CNI_EXTERNALSNAT=true")
                                .at("/egress/snat")
                                .asText())
                .isEqualTo("external");
        Translation endpoints =
                translate("AWS_ENDPOINT_URL_EC2=http://a", "AWS_EC2_ENDPOINT=http://b");
        assertThat(endpoints.settings().at("/delegates/vpc/ec2").asText()).isEqualTo("http://a");
        assertThat(on("AWS_EC2_ENDPOINT", endpoints)).contains("put aside");
        assertThat(
                        vpc("ENABLE_IMDS_ONLY_MODE=1", "DISABLE_NETWORK_RESOURCE_PROVISIONING=0")
                                .at("/pool/provision")
                                .asBoolean(true))
                .isFalse();
        Translation mtu = translate("AWS_VPC_ENI_MTU=1500", "POD_MTU=1500");
        assertThat(mtu.settings().path("defaultNetwork").has("mtu")).isFalse();
    }

    @Test
    void bad_values_are_all_named_with_their_keys() {
        String[][] cases = {
            {"WARM_IP_TARGET", "many", "whole number"},
            {"MINIMUM_IP_TARGET", "-1", "0 or more"},
            {"WARM_ENI_TARGET", "1.5", "whole number"},
            {"MAX_ENI", "x", "whole number"},
            {"IP_COOLDOWN_PERIOD", "4000", "0 to 3600"},
            {"ENABLE_PREFIX_DELEGATION", "yes", "true or false"},
            {"ENABLE_POD_ENI", "on", "true or false"},
            {"ENABLE_IPv4", "maybe", "true or false"},
            {"AWS_VPC_ENI_MTU", "100", "576 to 9001"},
            {"POD_MTU", "65535", "576 to 9001"},
            {"AWS_VPC_K8S_CNI_VETHPREFIX", "vlan", "not eth, lo or vlan"},
            {"AWS_VPC_K8S_CNI_VETHPREFIX", "longer", "1 to 4"},
            {"AWS_VPC_K8S_CNI_CONNMARK", "0", "such as 0x80"},
            {"AWS_VPC_K8S_CNI_CONNMARK", "#80", "such as 0x80"},
            {"AWS_VPC_K8S_CNI_CONNMARK", "0xffffffff", "0x7fffffff"},
            {"AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.0.0.0/8,fd00::/8", "\"fd00::/8\""},
            {"AWS_EXTERNAL_SERVICE_CIDRS", "10.0.0.0/33", "block of IPv4"},
            {"AWS_VPC_K8S_CNI_EXTERNALSNAT", "ja", "true or false"},
            {"AWS_VPC_K8S_CNI_RANDOMIZESNAT", "external", "prng, hashrandom or none"},
            {"ADDITIONAL_ENI_TAGS", "team=a", "object of JSON"},
            {"ADDITIONAL_ENI_TAGS", "{\"n\": 1}", "object of JSON"},
            {"AWS_ENDPOINT_URL_EC2", "ec2.local", "https://HOST"},
            {"ENABLE_IMDS_ONLY_MODE", "2", "true or false"},
        };
        for (String[] one : cases) {
            assertThatExceptionOfType(CniException.class)
                    .as(one[0])
                    .isThrownBy(() -> translate(one[0] + "=" + one[1], "MANAGE_UNTAGGED_ENI=7"))
                    .withMessageContaining("env, %s is \"%s\": ".formatted(one[0], one[1]))
                    .withMessageContaining(one[2])
                    .withMessageContaining("MANAGE_UNTAGGED_ENI is \"7\"");
        }
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(
                        () -> translate("ENABLE_PREFIX_DELEGATION=true", "WARM_PREFIX_TARGET=0"))
                .withMessageContaining("WARM_PREFIX_TARGET is \"0\"");
    }

    @Test
    void unknown_variables_are_named_with_what_was_meant() {
        Translation translation = translate("WARM_IP_TARGTE=3", "PATH=/bin");

        assertThat(on("WARM_IP_TARGTE", translation)).contains("did you mean WARM_IP_TARGET?");
        assertThat(on("PATH", translation)).contains("left out").doesNotContain("did you");
    }

    @Test
    void whoever_comes_is_warned_of_two_at_once_of_policies_and_of_host_ports() {
        Translation translation = translate();

        assertThat(on("before the daemon starts", translation)).contains("DaemonSet aws-node");
        assertThat(on("pods that run", translation)).contains("ipam.json");
        assertThat(on("network policies", translation)).contains("not enforced");
        assertThat(on("host ports", translation)).contains("portmap");
    }

    @Test
    void lines_are_read_as_shells_and_docker_write_them() {
        Translation translation =
                VpcCniImport.read(
                        "env",
                        """

                        # comment
                        export CLUSTER_NAME="blue"
                          AWS_REGION='eu-west-1'
                        MAX_ENI=2
                        MAX_ENI=4
                        ADDITIONAL_ENI_TAGS={"a": "b=c"}
                        """);

        assertThat(Json.text(translation.settings().path("delegates").path("vpc")))
                .contains("\"blue\"", "\"eu-west-1\"", "\"maxInterfaces\":4", "{\"a\":\"b=c\"}");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> VpcCniImport.read("env", "A=b\n\nwhat is this\n"))
                .withMessage("env, line 3: \"what is this\" is not KEY=VALUE");
    }
}
