package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.run.Node.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The rows of the CNI specification 1.1.0 on the other verbs, on plugins that a meta plugin calls,
/// and on results; the number of a row is in the name of its test.
@Timeout(300)
class CniVerbRowsTest extends ChainedNode {
    @Test
    void c34_a_foreign_ipam_that_fails_is_told_to_release_what_it_may_have_given() {
        network(
                "{\"cniVersion\": \"1.0.0\", \"type\": \"paper\", \"ipam\": {\"type\": \"first\"}}");
        first.fail("ADD", 11, "the server is away");

        assertThat(call("ADD").code()).isEqualTo(11);

        assertThat(first.calls()).containsExactly("ADD net1 first", "DEL net1 first");
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void c35_c38_a_del_needs_no_namespace() {
        call("ADD");
        node.kernel.inodes.clear();
        Map<String, String> environment = new HashMap<>(Node.environment("DEL", "c1", "p"));
        environment.remove("CNI_NETNS");
        assertThat(node.call(environment, "", OptionalInt.empty()).code()).isZero();
        assertThat(first.calls()).contains("DEL net1 first");
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void c37_c39_a_del_of_what_is_gone_is_success_and_may_be_repeated() {
        assertThat(call("DEL").code()).isZero();
        call("ADD");
        assertThat(call("DEL").code()).isZero();
        assertThat(call("DEL").code()).isZero();
    }

    @Test
    void c40_c43_a_del_takes_an_empty_previous_result_and_prints_nothing() {
        call("ADD");
        assertThat(call("DEL", ", \"prevResult\": null")).isEqualTo(new Answer(0, ""));
        call("ADD");
        assertThat(call("DEL", ", \"prevResult\": {}")).isEqualTo(new Answer(0, ""));
    }

    @Test
    void c42_a_del_after_an_add_that_failed_is_success() {
        second.fail("ADD", 11, "busy");
        assertThat(call("ADD").code()).isEqualTo(11);
        assertThat(call("DEL").code()).isZero();
    }

    @Test
    void c44_the_failure_of_a_plugins_del_is_ours() {
        call("ADD");
        first.fail("DEL", 11, "busy");
        assertThat(call("DEL").code()).isEqualTo(11);
        assertThat(call("DEL").message()).contains("busy", "chain");
    }

    @Test
    void c46_a_check_tolerates_what_plugins_behind_us_changed_in_the_result() {
        call("ADD");
        Answer answer =
                call(
                        "CHECK",
                        ", \"prevResult\": {\"cniVersion\": \"1.1.0\", \"interfaces\": [{\"name\": \"eth0\", \"mac\": \"02:00:00:00:00:77\", \"sandbox\": \"/run/netns/c1\"}, {\"name\": \"wg0\", \"sandbox\": \"/run/netns/c1\"}], \"ips\": [{\"address\": \"10.9.9.9/32\", \"interface\": 1}]}");
        assertThat(answer).isEqualTo(new Answer(0, ""));
        assertThat(node.paper.events).contains("check eth0");
        assertThat(address(first.stdin("CHECK", "net1").path("prevResult")))
                .as("ours, which is what the plugins made")
                .isEqualTo("10.1.0.6/24");
    }

    @Test
    void c51_the_failure_of_a_plugins_check_is_ours() {
        call("ADD");
        second.fail("CHECK", 105, "the route is gone");
        assertThat(call("CHECK").code()).isEqualTo(105);
        assertThat(call("CHECK").message()).contains("the route is gone", "chain");
    }

    @Test
    void c52_a_check_of_what_is_not_attached_is_code_3() {
        assertThat(call("CHECK").code()).isEqualTo(3);
    }

    @Test
    void c53_c54_c83_a_check_has_the_parameters_of_the_add_and_its_final_result_in_order() {
        call("ADD");
        assertThat(call("CHECK")).isEqualTo(new Answer(0, ""));
        assertThat(first.calls()).endsWith("CHECK net1 first", "CHECK net1 second");
        for (RecordingPlugin plugin : List.of(first, second)) {
            assertThat(address(plugin.stdin("CHECK", "net1").path("prevResult")))
                    .isEqualTo("10.1.0.6/24");
            Map<String, String> added = new HashMap<>(plugin.environment("ADD", "net1"));
            added.put("CNI_COMMAND", "CHECK");
            assertThat(plugin.environment("CHECK", "net1")).isEqualTo(added);
        }
    }

    private static String address(JsonNode result) {
        return result.path("ips").path(0).path("address").asText();
    }

    @Test
    void c57_c58_c62_status_needs_no_container_and_says_50_while_nothing_can_be_added() {
        assertThat(onNode("STATUS", "")).isEqualTo(new Answer(0, ""));
        node.paper.unavailable = true;
        assertThat(onNode("STATUS", "").code()).isEqualTo(50);
        assertThat(onNode("STATUS", "").message()).contains("the pool is empty");
        assertThat(call("DEL").code()).isZero();
    }

    @Test
    void c60_status_asks_the_delegates_that_every_add_needs() {
        onNode("STATUS", "");
        assertThat(node.paper.events).containsExactly("status main");
    }

    @Test
    void c61_an_add_does_not_wait_to_be_preceded_by_a_status() {
        node.paper.unavailable = true;
        assertThat(call("ADD").code()).isZero();
        assertThat(node.paper.events).doesNotContain("status main");
    }

    @Test
    void c63_c64_version_needs_the_command_alone_and_echoes_the_inputs() {
        Answer answer = raw(Map.of("CNI_COMMAND", "VERSION"), "{\"cniVersion\": \"0.4.0\"}");
        assertThat(answer.code()).isZero();
        assertThat(json(answer.text()))
                .isEqualTo(
                        json(
                                "{\"cniVersion\": \"0.4.0\", \"supportedVersions\": [\"0.3.1\", \"0.4.0\", \"1.0.0\", \"1.1.0\"]}"));
    }

    @Test
    void c65_c66_c67_gc_removes_every_attachment_of_what_is_not_valid() {
        call("ADD");
        node.kernel.inodes.clear();
        assertThat(onNode("GC", ", \"cni.dev/valid-attachments\": []"))
                .isEqualTo(new Answer(0, ""));
        assertThat(first.calls()).contains("DEL net1 second", "DEL net1 first");
        assertThat(node.paper.events).contains("del eth0 of c1");
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void c65_gc_keeps_all_attachments_of_what_is_valid() {
        call("ADD");
        onNode(
                "GC",
                ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}]");
        assertThat(first.calls()).noneMatch(call -> call.startsWith("DEL"));
        JsonNode valid = first.stdin("GC", "").path("cni.dev/valid-attachments");
        assertThat(valid).isEqualTo(json("[{\"containerID\": \"c1\", \"ifname\": \"net1\"}]"));
        assertThat(call("CHECK").code()).isZero();
    }

    @Test
    void c66_gc_without_a_list_is_refused_for_it_would_remove_everything() {
        call("ADD");
        assertThat(onNode("GC", "").code()).isEqualTo(7);
        assertThat(node.journal.all()).hasSize(1);
    }

    @Test
    void c68_c84_gc_goes_on_after_a_failure_and_reports_it() {
        call("ADD");
        first.fail("GC", 123, "stuck");
        Answer answer =
                onNode(
                        "GC",
                        ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}]");
        assertThat(answer.code()).isEqualTo(123);
        assertThat(first.calls()).contains("GC - first", "GC - second");
    }

    @Test
    void c69_gc_is_forwarded_to_every_plugin_of_every_network() {
        onNode("GC", ", \"cni.dev/valid-attachments\": []");
        assertThat(node.paper.events).contains("gc main");
        assertThat(first.calls()).contains("GC - first", "GC - second");
    }

    @Test
    void c69_c87_gc_is_forwarded_with_a_file_of_the_directory_that_is_configured() {
        network(
                "{\"cniVersion\": \"1.1.0\", \"type\": \"first\", \"capabilities\": {\"CNIDeviceInfoFile\": true}}");
        onNode("GC", ", \"cni.dev/valid-attachments\": []");
        assertThat(first.stdin("GC", "").at("/runtimeConfig/CNIDeviceInfoFile").asText())
                .startsWith(directory.resolve("devinfo/cni") + "/");
    }

    @Test
    void c74_definitions_that_share_a_network_are_told_all_its_attachments_as_one() {
        node.manifest(
                "again.yaml",
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: again, namespace: core}
                spec: {config: '{"cniVersion": "1.1.0", "name": "chain", "type": "first"}'}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: q, namespace: core, annotations: {k8s.v1.cni.cncf.io/networks: "chain, again"}}
                """);
        Map<String, String> environment = environment("ADD");
        environment.put("CNI_ARGS", "K8S_POD_NAMESPACE=core;K8S_POD_NAME=q");
        assertThat(node.call(environment, "", OptionalInt.empty()).code()).isZero();
        assertThat(
                        onNode(
                                        "GC",
                                        ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}]")
                                .code())
                .isZero();
        assertThat(first.calls().stream().filter("GC - first"::equals)).hasSize(2);
        for (RecordingPlugin plugin : List.of(first, second)) {
            assertThat(
                            plugin.stdin("GC", "")
                                    .path("cni.dev/valid-attachments")
                                    .findValuesAsText("ifname"))
                    .containsExactly("net1", "net2");
        }
    }

    @Test
    void c79_a_plugin_without_an_executable_is_refused_before_any_effect() {
        network(
                "{\"cniVersion\": \"1.0.0\", \"plugins\": [{\"type\": \"first\"}, {\"type\": \"third\"}]}");
        Answer answer = call("ADD");
        assertThat(answer.code()).isEqualTo(7);
        assertThat(answer.message()).contains("\"third\"", directory.resolve("bin").toString());
        assertUntouched();
    }

    @Test
    void c80_a_chain_is_added_in_order_with_the_predecessors_result_and_stops_at_an_error() {
        call("ADD");
        assertThat(first.calls()).containsExactly("ADD net1 first", "ADD net1 second");
        assertThat(first.stdin("ADD", "net1").has("prevResult")).isFalse();
        assertThat(address(second.stdin("ADD", "net1").path("prevResult")))
                .isEqualTo("10.1.0.5/24");
        call("DEL");
        first.fail("ADD", 11, "busy");
        call("ADD");
        assertThat(first.calls().stream().filter("ADD net1 second"::equals)).hasSize(1);
    }

    @Test
    void c81_c82_a_chain_is_deleted_in_reverse_with_the_final_result() {
        call("ADD");
        assertThat(call("DEL").code()).isZero();
        assertThat(first.calls()).endsWith("DEL net1 second", "DEL net1 first");
        for (RecordingPlugin plugin : List.of(first, second)) {
            assertThat(address(plugin.stdin("DEL", "net1").path("prevResult")))
                    .isEqualTo("10.1.0.6/24");
        }
    }

    @Test
    void c87_c88_runtime_config_is_what_is_offered_and_declared() {
        network(
                "{\"cniVersion\": \"1.0.0\", \"plugins\": [{\"type\": \"first\", \"capabilities\": {\"mac\": true, \"ips\": false}}, {\"type\": \"second\", \"capabilities\": {\"ips\": true}}]}");
        node.manifest(
                "all2.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: q
                  namespace: core
                  annotations:
                    k8s.v1.cni.cncf.io/networks: |
                      [{"name": "chain", "ips": ["10.1.0.9/24"], "mac": "02:00:00:00:00:01"}]
                """);
        Map<String, String> environment = environment("ADD");
        environment.put("CNI_ARGS", "K8S_POD_NAMESPACE=core;K8S_POD_NAME=q");
        assertThat(node.call(environment, "", OptionalInt.empty()).code()).isZero();
        assertThat(first.stdin("ADD", "net1").path("runtimeConfig"))
                .isEqualTo(json("{\"mac\": \"02:00:00:00:00:01\"}"));
        assertThat(second.stdin("ADD", "net1").path("runtimeConfig"))
                .isEqualTo(json("{\"ips\": [\"10.1.0.9/24\"]}"));
        assertThat(first.stdin("ADD", "net1").has("capabilities")).isFalse();
    }

    @Test
    void c90_the_plugin_path_is_passed_on() {
        call("ADD");
        assertThat(first.environment("ADD", "net1").get("CNI_PATH"))
                .startsWith(directory.resolve("bin") + ":/nowhere");
    }

    @Test
    void c91_c92_a_foreign_ipam_has_the_same_environment_and_the_whole_configuration() {
        network(
                "{\"cniVersion\": \"1.0.0\", \"type\": \"paper\", \"address\": \"10.3.0.1/24\", \"ipam\": {\"type\": \"first\", \"z\": 1}}");
        assertThat(call("ADD").code()).isZero();
        assertThat(onNode("GC", ", \"cni.dev/valid-attachments\": []").code()).isZero();
        assertThat(first.calls()).contains("DEL net1 first");
        JsonNode stdin = first.stdin("DEL", "net1");
        assertThat(stdin.path("type").asText()).isEqualTo("paper");
        assertThat(stdin.path("ipam").path("z").asInt()).isEqualTo(1);
        assertThat(first.environment("DEL", "net1"))
                .containsEntry("CNI_CONTAINERID", "c1")
                .containsEntry("CNI_IFNAME", "net1");
    }

    @Test
    void c93_c99_the_result_has_the_requests_version_and_no_key_that_is_newer() {
        for (String version : List.of("0.3.1", "0.4.0", "1.0.0", "1.1.0")) {
            JsonNode result =
                    json(
                            raw(
                                            environment("ADD"),
                                            "{\"cniVersion\": \"%s\", \"name\": \"patchbay\", \"type\": \"patchbay\"}"
                                                    .formatted(version))
                                    .text());
            assertThat(result.path("cniVersion").asText()).isEqualTo(version);
            boolean old = version.startsWith("0.");
            assertThat(result.path("interfaces").path(0).has("mtu")).isEqualTo(!old);
            assertThat(result.path("ips").path(0).has("version")).isEqualTo(old);
            call("DEL");
        }
    }

    @Test
    void c100_cni_args_are_pairs_and_what_is_none_is_refused() {
        assertThat(with("CNI_ARGS", "K8S_POD_NAMESPACE=core;K8S_POD_NAME=p;X=").code()).isZero();
        assertThat(first.environment("ADD", "net1").get("CNI_ARGS"))
                .contains("K8S_POD_NAME=p", "X=");
        for (String wrong : List.of("K8S_POD_NAMESPACE", "X=a=b", "=")) {
            assertThat(with("CNI_ARGS", wrong).code()).isEqualTo(4);
            assertThat(with("CNI_ARGS", wrong).message()).contains("CNI_ARGS");
        }
    }
}
