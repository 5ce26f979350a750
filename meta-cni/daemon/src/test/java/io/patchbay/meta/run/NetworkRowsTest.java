package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.kube.SelectionRules;
import io.patchbay.meta.run.Node.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The rows of the NPWG multi-network specification that need no kernel and no cluster; the number
/// of a row is in the name of its test. The others are where their parts are.
@Timeout(300)
class NetworkRowsTest {
    private static final String SIDE = "{\"name\": \"side\"%s}";

    @TempDir Path directory;
    private Node node;
    private RecordingPlugin recorder;

    @BeforeEach
    void open() {
        node = new Node(directory);
        recorder = RecordingPlugin.install(directory.resolve("bin"), "recorder");
    }

    @AfterEach
    void close() {
        node.close();
        assertThat(node.kernel.open).as("namespaces left open").hasValue(0);
    }

    private void network(String namespace, String name, String config) {
        node.manifest(
                "%s.%s.yaml".formatted(namespace, name),
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: %s, namespace: %s}
                %s
                """
                        .formatted(
                                name,
                                namespace,
                                config.isEmpty() ? "" : "spec: {config: '%s'}".formatted(config)));
    }

    private void paper(String name, String keys) {
        network("core", name, "{\"cniVersion\": \"1.1.0\", \"type\": \"paper\"%s}".formatted(keys));
    }

    private Answer add(String networks) {
        return add(networks, "");
    }

    private Answer add(String networks, String keys) {
        node.manifest(
                "pod.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p
                  namespace: core
                  annotations: {k8s.v1.cni.cncf.io/networks: '%s'}
                """
                        .formatted(networks));
        return call("ADD", keys);
    }

    private Answer call(String verb, String keys) {
        node.kernel.inodes.putIfAbsent("/run/netns/c1", 77L);
        Map<String, String> environment = new HashMap<>(Node.environment(verb, "c1", "p"));
        environment.put("CNI_PATH", directory.resolve("bin").toString());
        return node.call(environment, keys, OptionalInt.empty());
    }

    private List<String> events() {
        return node.paper.events.stream()
                .map(event -> event.replaceAll(" (in|of) .*", ""))
                .toList();
    }

    private void assertRefusedUntouched(Answer answer, String... words) {
        assertThat(answer.code()).isEqualTo(7);
        assertThat(answer.message()).contains(words);
        assertThat(node.paper.events).isEmpty();
        assertThat(recorder.calls()).isEmpty();
        assertThat(node.journal.all()).isEmpty();
    }

    private JsonNode status() {
        try {
            String file = Files.readString(directory.resolve("manifests/status/core.p.yaml"));
            return Json.decode("status", file.substring(file.indexOf('[')));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void n1_both_forms_of_the_annotation_are_read() {
        paper("side", "");
        assertThat(add("side, core/side@left").code()).isZero();
        assertThat(events()).containsExactly("add eth0", "add net1", "add left");
        call("DEL", "");
        node.paper.events.clear();
        assertThat(
                        add("[{\"name\": \"side\"}, {\"name\": \"side\", \"namespace\": \"core\", \"interface\": \"left\"}]")
                                .code())
                .isZero();
        assertThat(events()).containsExactly("add eth0", "add net1", "add left");
    }

    @Test
    void n2_without_a_selection_there_is_the_default_network_alone() {
        for (String none : List.of("", "  ", "[]")) {
            assertThat(add(none).code()).isZero();
            call("DEL", "");
        }
        assertThat(events())
                .containsExactly(
                        "add eth0", "del eth0", "add eth0", "del eth0", "add eth0", "del eth0");
    }

    @Test
    void n3_the_default_network_comes_first() {
        paper("side", "");
        add("side");
        assertThat(events()).containsExactly("add eth0", "add net1");
        assertThat(status().path(0).path("name").asText()).isEqualTo("main");
    }

    @Test
    void n4_networks_are_attached_one_after_the_other_in_their_order() {
        paper("side", "");
        paper("other", "");
        add("other, side, other");
        assertThat(events()).containsExactly("add eth0", "add net1", "add net2", "add net3");
        assertThat(node.paper.mostAtOnce).hasValue(1);
    }

    @Test
    void n5_a_network_that_is_named_twice_is_attached_and_told_twice() {
        paper("side", "");
        assertThat(add("side, side").code()).isZero();
        assertThat(status().findValuesAsText("interface")).containsExactly("eth0", "net1", "net2");
        assertThat(status().findValuesAsText("name"))
                .containsExactly("main", "core/side", "core/side");
    }

    @Test
    void n6_a_network_of_another_namespace_is_named_with_it() {
        network("other", "media", "{\"cniVersion\": \"1.1.0\", \"type\": \"paper\"}");
        assertThat(add("other/media").code()).isZero();
        call("DEL", "");
        assertThat(add("[{\"name\": \"media\", \"namespace\": \"other\"}]").code()).isZero();
        call("DEL", "");
        node.paper.events.clear();
        assertRefusedUntouched(add("media"), "network core/media", "is unknown");
    }

    @Test
    void n7_an_unknown_network_fails_the_pod_and_leaves_nothing() {
        paper("side", "");
        assertRefusedUntouched(
                add("side, nowhere"), "core/nowhere", "k8s.v1.cni.cncf.io/networks", "core/p");
    }

    @Test
    void n8_a_definition_without_a_configuration_finds_it_on_disk_lists_first() throws IOException {
        network("core", "side", "");
        Path files = Files.createDirectories(directory.resolve("net.d"));
        Files.writeString(
                files.resolve("10.conf"),
                "{\"cniVersion\": \"1.0.0\", \"name\": \"side\", \"type\": \"absent\"}");
        Files.writeString(
                files.resolve("90.conflist"),
                "{\"cniVersion\": \"1.0.0\", \"name\": \"side\", \"plugins\": [{\"type\": \"paper\"}]}");
        assertThat(add("side").code()).isZero();
        Files.delete(files.resolve("10.conf"));
        Files.delete(files.resolve("90.conflist"));
        call("DEL", "");
        node.paper.events.clear();
        assertRefusedUntouched(
                add("side"), "NetworkAttachmentDefinition core/side", files.toString());
    }

    @Test
    void n9_a_configuration_without_a_name_gets_its_definitions() {
        paper("side", "");
        add("side");
        assertThat(
                        node.journal
                                .find("c1")
                                .orElseThrow()
                                .plan()
                                .attachments()
                                .getLast()
                                .id()
                                .network())
                .isEqualTo("side");
    }

    @Test
    void n10_name_and_version_are_put_into_every_plugin_of_a_chain() {
        RecordingPlugin second = RecordingPlugin.install(directory.resolve("bin"), "second");
        network(
                "core",
                "chain",
                "{\"cniVersion\": \"0.4.0\", \"plugins\": [{\"type\": \"recorder\"}, {\"type\": \"second\"}]}");
        assertThat(add("chain").code()).isZero();
        for (RecordingPlugin plugin : List.of(recorder, second)) {
            JsonNode stdin = plugin.stdin("ADD", "net1");
            assertThat(stdin.path("name").asText()).isEqualTo("chain");
            assertThat(stdin.path("cniVersion").asText()).isEqualTo("0.4.0");
        }
    }

    @Test
    void n11_the_interface_that_is_asked_for_is_given() {
        network("core", "side", "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\"}");
        assertThat(add("side@media.0").code()).isZero();
        assertThat(recorder.environment("ADD", "media.0")).containsEntry("CNI_IFNAME", "media.0");
    }

    @Test
    void n12_an_interface_that_is_asked_for_twice_is_refused_before_any_effect() {
        paper("side", "");
        assertRefusedUntouched(add("side@left, side@left"), "\"left\"", "core/side");
        assertRefusedUntouched(add("side@eth0"), "\"eth0\"");
    }

    @Test
    void n13_an_invalid_name_refuses_the_whole_annotation_before_any_effect() {
        paper("side", "");
        for (String wrong :
                List.of(
                        "side, A_B!",
                        "side,, side",
                        "side@a@b",
                        "a/b/side",
                        "side@a b",
                        "side@sixteen-letters-",
                        "[{\"name\": \"A_B!\"}]",
                        "[{\"name\": \"side\", \"interface\": \"a/b\"}]",
                        "[{\"name\": \"side\", \"namespace\": \"-\"}]",
                        "[null]",
                        "{\"name\": \"side\"}")) {
            assertRefusedUntouched(add(wrong), "annotation k8s.v1.cni.cncf.io/networks");
        }
    }

    @Test
    void n14_a_name_that_is_asked_for_does_not_clash_with_one_that_is_given() {
        paper("side", "");
        assertRefusedUntouched(add("side@net2, side"), "\"net2\"", "another name");
        assertThat(add("side@left, side").code()).isZero();
        assertThat(events()).containsExactly("add eth0", "add left", "add net2");
    }

    private void assertLands(String key, String value, String capability) {
        String selection = "[" + SIDE.formatted(", \"%s\": %s".formatted(key, value)) + "]";
        network("core", "side", "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\"}");
        assertRefusedUntouched(
                add(selection), "core/side", "declares the capability \"" + capability + "\"");
        network(
                "core",
                "side",
                "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\", \"capabilities\": {\"%s\": true}}"
                        .formatted(capability));
        assertThat(add(selection).code()).isZero();
        JsonNode stdin = recorder.stdin("ADD", "net1");
        assertThat(stdin.path("runtimeConfig").path(capability))
                .isEqualTo(Json.decode("value", value));
        assertThat(stdin.has("capabilities")).isFalse();
    }

    @Test
    void n15_ips_land_where_they_are_declared_and_are_refused_elsewhere() {
        assertLands("ips", "[\"10.1.0.5/24\", \"2001:db8::5/64\"]", "ips");
    }

    @Test
    void n16_a_mac_lands_where_it_is_declared_and_is_refused_elsewhere() {
        assertLands("mac", "\"02:00:00:00:00:07\"", "mac");
    }

    @Test
    void n17_port_mappings_land_where_they_are_declared_and_are_refused_elsewhere() {
        assertLands(
                "portMappings",
                "[{\"hostPort\": 8080, \"containerPort\": 80, \"protocol\": \"tcp\"}]",
                "portMappings");
    }

    @Test
    void n18_a_bandwidth_lands_where_it_is_declared_and_is_refused_elsewhere() {
        assertLands(
                "bandwidth",
                "{\"ingressRate\": 1000, \"ingressBurst\": 2000, \"egressRate\": 3000, \"egressBurst\": 4000}",
                "bandwidth");
    }

    @Test
    void n19_a_guid_lands_where_it_is_declared_and_is_refused_elsewhere() {
        assertLands("infiniband-guid", "\"02:00:00:00:00:aa:bb:cc\"", "infinibandGUID");
    }

    @Test
    void n20_every_value_is_checked() {
        paper("side", "");
        for (String wrong :
                List.of(
                        "\"ips\": [\"10.0.0.300\"]",
                        "\"ips\": []",
                        "\"mac\": \"02:00:00:00:00:00:00:01\"",
                        "\"portMappings\": [{\"hostPort\": 70000, \"containerPort\": 80}]",
                        "\"portMappings\": [{\"hostPort\": 80, \"containerPort\": 80, \"protocol\": \"icmp\"}]",
                        "\"bandwidth\": {\"ingressBurst\": 1}",
                        "\"bandwidth\": {\"ingressRate\": 0}",
                        "\"infiniband-guid\": \"02:00:00:00:00:01\"",
                        "\"default-route\": [\"ten\"]",
                        "\"cni-args\": []",
                        "\"interface\": \"\"",
                        "\"nmae\": 1")) {
            String key = wrong.substring(1, wrong.indexOf('"', 1));
            assertRefusedUntouched(add("[" + SIDE.formatted(", " + wrong) + "]"), "element 0", key);
        }
    }

    @Test
    void n21_the_pods_cni_args_come_over_the_networks() {
        network(
                "core",
                "side",
                "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\", \"args\": {\"cni\": {\"a\": 1, \"b\": {\"c\": 2}}}}");
        assertThat(add("[{\"name\": \"side\", \"cni-args\": {\"b\": [3], \"d\": null}}]").code())
                .isZero();
        assertThat(recorder.stdin("ADD", "net1").path("args").path("cni"))
                .isEqualTo(Json.decode("args", "{\"a\": 1, \"b\": [3], \"d\": null}"));
    }

    @Test
    void n22_what_the_kubelet_asks_for_reaches_the_default_network_only() {
        network(
                "core",
                "side",
                "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\", \"capabilities\": {\"portMappings\": true, \"bandwidth\": true}}");
        assertThat(
                        add(
                                        "side",
                                        ", \"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 1, \"containerPort\": 2, \"protocol\": \"tcp\"}], \"bandwidth\": {\"ingressRate\": 5}}")
                                .code())
                .isZero();
        assertThat(recorder.stdin("ADD", "net1").has("runtimeConfig")).isFalse();
    }

    @Test
    void n24_a_claim_and_addresses_exclude_each_other() {
        paper("side", ", \"capabilities\": {\"ips\": true}");
        assertRefusedUntouched(
                add(
                        "[{\"name\": \"side\", \"ipam-claim-reference\": \"c\", \"ips\": [\"10.0.0.9\"]}]"),
                "ipam-claim-reference",
                "ips");
        assertThat(add("[{\"name\": \"side\", \"ipam-claim-reference\": \"c\"}]").code()).isZero();
    }

    @Test
    void n25_the_status_has_a_row_for_each_attachment_and_one_default() {
        network("core", "side", "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\"}");
        recorder.returning(
                """
                {"cniVersion": "1.0.0",
                 "interfaces": [{"name": "host0", "mac": "02:00:00:00:00:01"},
                                {"name": "net1", "mac": "02:00:00:00:00:09", "sandbox": "/run/netns/c1"}],
                 "ips": [{"address": "10.1.0.5/24", "gateway": "10.1.0.1", "interface": 1},
                         {"address": "10.9.9.9/24", "interface": 0}],
                 "routes": [{"dst": "0.0.0.0/0", "gw": "10.1.0.1"}],
                 "dns": {"nameservers": ["10.0.0.10"]}}
                """);
        assertThat(add("side").code()).isZero();
        JsonNode rows = status();
        assertThat(rows.findValuesAsText("default")).containsExactly("true", "false");
        assertThat(rows.findValuesAsText("name")).containsExactly("main", "core/side");
        JsonNode side = rows.path(1);
        assertThat(side.path("ips")).isEqualTo(Json.decode("ips", "[\"10.1.0.5\"]"));
        assertThat(side.path("mac").asText()).isEqualTo("02:00:00:00:00:09");
        assertThat(side.path("dns").path("nameservers").path(0).asText()).isEqualTo("10.0.0.10");
        assertThat(side.path("default-route")).isEqualTo(Json.decode("gw", "[\"10.1.0.1\"]"));
    }

    @Test
    void n26_a_plugin_without_a_result_has_a_row_all_the_same() {
        network("core", "socket", "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\"}");
        recorder.returning("{\"cniVersion\": \"1.0.0\"}");
        assertThat(add("socket").code()).isZero();
        assertThat(status()).hasSize(2);
        assertThat(status().path(1).path("name").asText()).isEqualTo("core/socket");
        assertThat(status().path(1).has("interface")).isFalse();
    }

    @Test
    void n28_a_failure_takes_down_what_was_made_and_nothing_further_is_tried() {
        paper("side", "");
        paper("bad", ", \"fault\": \"refuse\"");
        Answer answer = add("side, bad, side");
        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.text()).contains("core/bad", "nothing is free");
        assertThat(events())
                .startsWith("add eth0", "add net1", "add net2")
                .doesNotContain("add net3")
                .containsSubsequence("del net2", "del net1", "del eth0");
        assertThat(node.journal.all()).isEmpty();
    }

    @Test
    void n29_a_del_tries_everything_and_then_reports_what_failed() {
        network("core", "side", "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\"}");
        add("side, side");
        recorder.fail("DEL", 123, "the switch is locked");
        node.paper.events.clear();
        Answer answer = call("DEL", "");
        assertThat(answer.code()).isEqualTo(123);
        assertThat(answer.text()).contains("the switch is locked");
        assertThat(recorder.calls()).endsWith("DEL net2 recorder", "DEL net1 recorder");
        assertThat(events()).containsExactly("del eth0");
        assertThat(node.journal.all()).hasSize(1);
    }

    @Test
    void n30_a_del_says_the_same_names_as_the_add() {
        network("core", "side", "{\"cniVersion\": \"1.0.0\", \"type\": \"recorder\"}");
        add("side@left");
        Map<String, String> added = new HashMap<>(recorder.environment("ADD", "left"));
        node.manifest("core.side.yaml", "# the definition is gone");
        assertThat(call("DEL", "").code()).isZero();
        Map<String, String> deleted = new HashMap<>(recorder.environment("DEL", "left"));
        added.remove("CNI_COMMAND");
        deleted.remove("CNI_COMMAND");
        assertThat(deleted).isEqualTo(added);
        assertThat(recorder.stdin("DEL", "left").path("name").asText()).isEqualTo("side");
    }

    @Test
    void n31_a_network_that_the_pod_may_not_use_fails_the_pod() {
        node.close();
        node =
                new Node(
                        directory,
                        new SelectionRules(
                                List.of(), Set.of(), List.of(), "other", true, Set.of("default")));
        network("other", "media", "{\"cniVersion\": \"1.1.0\", \"type\": \"paper\"}");
        assertRefusedUntouched(add("other/media"), "other/media", "namespaceIsolation");
        node.manifest(
                "pod.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: p, namespace: core,
                   annotations: {v1.multus-cni.io/default-network: media}}
                """);
        assertRefusedUntouched(call("ADD", ""), "other/media", "default-network");
    }

    @Test
    void n32_no_add_succeeds_before_the_default_network_is_ready() {
        node.close();
        node = new Node(directory, provider -> provider.startFails = true, SelectionRules.DEFAULT);
        paper("side", "");
        Answer answer = add("side");
        assertThat(answer.code()).isEqualTo(50);
        assertThat(answer.text()).contains("the cable is missing");
        assertThat(call("STATUS", "").code()).isEqualTo(50);
        assertThat(node.paper.events).isEmpty();
    }
}
