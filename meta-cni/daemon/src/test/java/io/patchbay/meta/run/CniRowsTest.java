package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.run.Node.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The rows of the CNI specification 1.1.0 on configurations, on what a process is given and gives,
/// and on ADD, as far as they bind a meta plugin; the number of a row is in the name of its test.
@Timeout(300)
class CniRowsTest extends ChainedNode {
    @Test
    void c2_a_network_name_that_is_no_identifier_is_refused() {
        chain(", \"name\": \"a/b\"");
        assertThat(call("ADD").code()).isEqualTo(7);
        assertThat(call("ADD").message()).contains("core/chain", "\"name\"", "a/b");
        assertUntouched();
    }

    @Test
    void c3_the_highest_version_that_is_spoken_is_taken() {
        chain(", \"cniVersions\": [\"0.4.0\", \"1.0.0\", \"9.0.0\"]");
        call("ADD");
        assertThat(first.stdin("ADD", "net1").path("cniVersion").asText()).isEqualTo("1.1.0");
    }

    @Test
    void c4_a_network_that_forbids_it_is_not_checked() {
        chain(", \"disableCheck\": true");
        call("ADD");
        assertThat(call("CHECK").code()).isZero();
        assertThat(first.calls()).doesNotContain("CHECK net1 first");
        assertThat(node.paper.events).contains("check eth0");
    }

    @Test
    void c5_a_network_that_forbids_it_is_not_collected() {
        chain(", \"disableGC\": true");
        call("ADD");
        assertThat(
                        onNode(
                                        "GC",
                                        ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}]")
                                .code())
                .isZero();
        assertThat(first.calls()).noneMatch(call -> call.startsWith("GC"));
        assertThat(node.paper.events).contains("gc main");
    }

    @Test
    void c8_c89_unknown_keys_pass_as_they_are_but_for_those_of_cni_dev() {
        call("ADD");
        JsonNode stdin = first.stdin("ADD", "net1");
        assertThat(stdin.path("x")).hasToString("{\"y\":[1.50]}");
        assertThat(stdin.has("cni.dev/z")).isFalse();
    }

    @Test
    void c9_a_type_is_a_files_name() {
        for (String type : List.of("../first", "a/b", "")) {
            network("{\"cniVersion\": \"1.0.0\", \"type\": \"%s\"}".formatted(type));
            assertThat(call("ADD").code()).isEqualTo(7);
        }
        network("{\"cniVersion\": \"1.0.0\"}");
        assertThat(call("ADD").message()).contains("\"type\"", "missing");
        assertUntouched();
    }

    @Test
    void c15_c16_a_refusal_has_version_code_and_message_and_success_a_zero() {
        Answer refused = with("CNI_CONTAINERID", "");
        JsonNode error = json(refused.text());
        assertThat(error.path("cniVersion").asText()).isEqualTo("1.1.0");
        assertThat(error.path("code").asInt()).isEqualTo(4);
        assertThat(error.path("msg").asText()).isNotBlank();
        assertThat(call("ADD").code()).isZero();
    }

    @Test
    void c17_the_runtimes_own_namespace_is_no_pods() {
        node.kernel.inodes.put("/run/netns/c1", PaperKernel.HOST);
        assertThat(call("ADD").code()).isEqualTo(8);
        assertUntouched();
    }

    @Test
    void c18_a_container_id_is_an_identifier() {
        for (String id : List.of("-a", "a b", "a/b", "ä")) {
            assertThat(with("CNI_CONTAINERID", id).code()).isEqualTo(4);
            assertThat(with("CNI_CONTAINERID", id).message()).contains("CNI_CONTAINERID", id);
        }
        assertUntouched();
    }

    @Test
    void c19_an_interface_name_is_one_of_linux() {
        for (String name : List.of(".", "..", "a b", "a/b", "a:b", "sixteen-letters-")) {
            assertThat(with("CNI_IFNAME", name).code()).isEqualTo(4);
            assertThat(with("CNI_IFNAME", name).message()).contains("CNI_IFNAME");
        }
        assertUntouched();
    }

    @Test
    void c20_c28_all_that_is_missing_is_named_at_once() {
        Answer answer = node.call(Map.of("CNI_COMMAND", "ADD"), "", OptionalInt.empty());
        assertThat(answer.code()).isEqualTo(4);
        assertThat(answer.message()).contains("CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME");
        assertThat(without("CNI_ARGS").code()).isZero();
    }

    @Test
    void c21_an_unknown_command_is_code_4() {
        assertThat(with("CNI_COMMAND", "MOVE").code()).isEqualTo(4);
        assertThat(with("CNI_COMMAND", "MOVE").message()).contains("MOVE");
    }

    @Test
    void c23_what_is_no_json_is_code_6() {
        for (String stdin :
                List.of("", "{", "[]", "7", "{\"cniVersion\": \"1.0.0\", \"name\": 7}")) {
            assertThat(raw(environment("ADD"), stdin).code()).as(stdin).isEqualTo(6);
        }
        assertUntouched();
    }

    @Test
    void c24_a_configuration_without_a_valid_name_is_code_7() {
        assertThat(
                        raw(
                                        environment("ADD"),
                                        "{\"cniVersion\": \"1.0.0\", \"type\": \"patchbay\"}")
                                .code())
                .isEqualTo(7);
        assertThat(
                        raw(
                                        environment("ADD"),
                                        "{\"cniVersion\": \"1.0.0\", \"name\": \"-\", \"type\": \"patchbay\"}")
                                .code())
                .isEqualTo(7);
        assertUntouched();
    }

    @Test
    void c25_a_version_that_is_not_spoken_is_code_1_and_says_which_are() {
        Answer answer =
                raw(
                        environment("ADD"),
                        "{\"cniVersion\": \"2.0.0\", \"name\": \"patchbay\", \"type\": \"patchbay\"}");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.text()).contains("2.0.0", "1.1.0", "0.3.1");
        assertUntouched();
    }

    @Test
    void c26_the_codes_of_plugins_pass_through() {
        for (int code : List.of(11, 50, 100, 123)) {
            first.fail("ADD", code, "no");
            assertThat(call("ADD").code()).isEqualTo(code);
            call("DEL");
        }
    }

    @Test
    void c29_c30_the_interface_is_made_under_its_name_and_the_result_printed() {
        JsonNode result = json(call("ADD").text());
        assertThat(result.path("interfaces").path(0).path("name").asText()).isEqualTo("eth0");
        assertThat(result.path("interfaces").path(0).path("sandbox").asText())
                .isEqualTo("/run/netns/c1");
    }

    @Test
    void
            c31_what_the_runtimes_own_chain_made_before_us_goes_to_the_first_plugin_of_the_default_network() {
        String chain =
                "{\"cniVersion\": \"1.1.0\", \"plugins\": [{\"type\": \"first\"}, {\"type\": \"second\"}]}";
        String before =
                "{\"cniVersion\": \"1.1.0\", \"interfaces\": [{\"name\": \"lo\", \"sandbox\": \"/run/netns/c1\"}], \"dns\": {}, \"ips\": [{\"address\": \"127.0.0.1/8\", \"interface\": 0}]}";
        defaultNetwork(chain);
        assertThat(call("ADD", ", \"prevResult\": " + before).code()).isZero();
        assertThat(first.stdin("ADD", "eth0").path("prevResult")).isEqualTo(json(before));
        assertThat(second.stdin("ADD", "eth0").at("/prevResult/ips/0/address").asText())
                .isEqualTo("10.1.0.5/24");
        call("DEL");

        network(chain);
        assertThat(call("ADD", ", \"prevResult\": " + before).code()).isZero();
        assertThat(first.stdin("ADD", "net1").has("prevResult"))
                .as("the chain of another network begins with nothing")
                .isFalse();
        call("DEL");

        defaultNetwork(chain);
        for (String nothing : List.of("null", "{}")) {
            assertThat(call("ADD", ", \"prevResult\": " + nothing).code()).isZero();
            assertThat(first.stdin("ADD", "eth0").has("prevResult")).isFalse();
            call("DEL");
        }
    }

    @Test
    void c31_a_result_of_before_us_that_cannot_be_read_is_refused_untouched() {
        Answer answer = call("ADD", ", \"prevResult\": {\"ips\": [{\"address\": \"ten\"}]}");
        assertThat(answer.code()).isEqualTo(6);
        assertThat(answer.message()).contains("prevResult on stdin", "\"ips[0].address\"", "ten");
        assertUntouched();
    }

    @Test
    void c94_c95_c96_c97_every_key_of_a_result_reaches_the_runtime() {
        String result =
                """
                {"cniVersion": "1.1.0",
                 "interfaces": [
                   {"name": "veth1", "mac": "02:00:00:00:00:01", "mtu": 9001},
                   {"name": "eth0", "mac": "02:00:00:00:00:02", "mtu": 9001, "sandbox": "/run/netns/c1",
                    "socketPath": "/run/vhost/a", "pciID": "0000:01:10.0"}],
                 "ips": [{"address": "10.0.0.5/24", "gateway": "10.0.0.1", "interface": 1},
                         {"address": "2001:db8::5/64", "interface": 1}],
                 "routes": [{"dst": "0.0.0.0/0", "gw": "10.0.0.1"},
                            {"dst": "fd00::/8", "gw": "2001:db8::1", "mtu": 1400, "advmss": 1340,
                             "priority": 5, "table": 100, "scope": 253}],
                 "dns": {"nameservers": ["10.0.0.2"], "domain": "example.org",
                         "search": ["a.example.org"], "options": ["ndots:5"]}}
                """;
        first.returning(result);
        defaultNetwork("{\"cniVersion\": \"1.1.0\", \"type\": \"first\"}");
        assertThat(json(call("ADD").text())).isEqualTo(json(result));
    }

    @Test
    void c101_the_addresses_of_the_arguments_in_the_configuration_win_over_those_of_cni_args() {
        defaultNetwork(
                "{\"cniVersion\": \"1.1.0\", \"type\": \"paper\", \"ipam\": {\"type\": \"static\"}, \"args\": {\"cni\": {\"ips\": [\"10.5.0.7/24\"]}}}");
        Answer answer = with("CNI_ARGS", "K8S_POD_NAMESPACE=core;K8S_POD_NAME=p;IP=10.5.0.9/24");
        assertThat(json(answer.text()).path("ips").findValuesAsText("address"))
                .containsExactly("10.5.0.7/24");
    }

    @Test
    void c102_every_capability_of_the_conventions_reaches_who_declares_it() {
        String offered =
                """
                {"portMappings": [{"hostPort": 8080, "containerPort": 80, "protocol": "udp", "hostIP": "10.0.0.1"}],
                 "ipRanges": [[{"subnet": "10.1.0.0/16", "rangeStart": "10.1.2.3", "gateway": "10.1.0.1"}]],
                 "bandwidth": {"ingressRate": 1, "ingressBurst": 2, "egressRate": 3, "egressBurst": 4},
                 "dns": {"searches": ["internal.example.org"], "servers": ["8.8.8.8"]},
                 "ips": ["10.1.0.7/16"], "mac": "02:00:00:00:00:07",
                 "infinibandGUID": "c2:11:22:33:44:55:66:77", "deviceID": "0000:04:00.5",
                 "aliases": ["my-app"], "cgroupPath": "/kubelet.slice/pod.slice"}
                """;
        List<String> names = new ArrayList<>();
        json(offered).fieldNames().forEachRemaining(name -> names.add("\"" + name + "\": true"));
        defaultNetwork(
                "{\"cniVersion\": \"1.1.0\", \"plugins\": [{\"type\": \"first\", \"capabilities\": {%s}}, {\"type\": \"second\"}]}"
                        .formatted(String.join(", ", names)));
        assertThat(names).hasSize(10);
        assertThat(call("ADD", ", \"runtimeConfig\": " + offered).code()).isZero();
        assertThat(first.stdin("ADD", "eth0").path("runtimeConfig")).isEqualTo(json(offered));
        assertThat(second.stdin("ADD", "eth0").has("runtimeConfig")).isFalse();
    }

    @Test
    void c33_a_second_add_of_a_living_sandbox_is_refused_and_harms_nothing() {
        call("ADD");
        int calls = first.calls().size();
        assertThat(call("ADD").code()).isEqualTo(7);
        assertThat(first.calls()).hasSize(calls);
        assertThat(call("CHECK").code()).isZero();
    }
}
