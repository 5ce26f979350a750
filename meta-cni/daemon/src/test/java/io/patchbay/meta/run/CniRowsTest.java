package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.run.Node.Answer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The rows of the CNI specification 1.1.0 on configurations, on what a process is given and gives,
/// and on ADD, as far as they bind a meta plugin; the number of a row is in the name of its test.
@Timeout(60)
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
    void c33_a_second_add_of_a_living_sandbox_is_refused_and_harms_nothing() {
        call("ADD");
        int calls = first.calls().size();
        assertThat(call("ADD").code()).isEqualTo(7);
        assertThat(first.calls()).hasSize(calls);
        assertThat(call("CHECK").code()).isZero();
    }
}
