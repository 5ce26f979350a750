package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.run.Node.Answer;
import io.patchbay.spi.cni.AttachmentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The end of pods that Multus attached, by its own cache.
@Timeout(300)
class InheritedTest {
    private static final String MAIN =
            """
            {"cniVersion":"1.0.0","name":"main","disableCheck":false,
             "plugins":[{"type":"bridge","bridge":"cni0","secret":"kept"},
                        {"type":"portmap","capabilities":{"portMappings":true}}]}
            """;
    private static final String SIDE =
            """
            {"cniVersion":"0.4.0","name":"side","type":"paper","capabilities":{"mac":true}}
            """;
    private static final String MAIN_RESULT =
            """
            {"cniVersion":"1.0.0","interfaces":[{"name":"eth0","sandbox":"/run/netns/old"}],
             "ips":[{"address":"10.1.0.2/24","interface":0}],"dns":{},"foreign":"kept"}
            """;
    private static final String SIDE_RESULT =
            """
            {"cniVersion":"1.0.0","ips":[{"address":"10.2.0.2/24"}],"dns":{}}
            """;

    @TempDir Path directory;
    private Node node;
    private MultusFiles multus;

    @BeforeEach
    void open() throws IOException {
        node = new Node(directory);
        node.pod("amf-0", "side", "");
        multus = new MultusFiles(directory);
        for (String type : new String[] {"bridge", "portmap", "paper", "extra"}) {
            multus.binary(type);
        }
    }

    @AfterEach
    void close() {
        node.close();
        assertThat(node.kernel.open).as("namespaces left open").hasValue(0);
    }

    private void attach(String container) throws IOException {
        multus.delegate("main", "", MAIN)
                .delegate("core/side", ",\"macRequest\":\"02:00:00:00:00:09\"", SIDE)
                .scratch(container);
        multus.result("main", container, "eth0", MAIN, MAIN_RESULT);
        multus.result("side", container, "net1", SIDE, SIDE_RESULT);
    }

    @Test
    void a_del_calls_every_plugin_as_a_binary_the_last_first_and_the_cache_is_gone()
            throws IOException {
        attach("old");

        assertThat(node.call("DEL", "old", "amf-0")).isEqualTo(new Answer(0, ""));

        assertThat(multus.calls())
                .containsExactly("DEL paper net1", "DEL portmap eth0", "DEL bridge eth0");
        assertThat(node.paper.events).as("calls of the delegate in process").isEmpty();
        assertThat(multus.isForgotten("old")).isTrue();
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(multus.calls()).isEmpty();
    }

    @Test
    void a_plugin_is_told_what_libcni_would_tell_it() throws IOException {
        attach("old");

        node.call("DEL", "old", "amf-0");

        var bridge = multus.stdin("bridge", "eth0");
        assertThat(bridge.path("name").asText()).isEqualTo("main");
        assertThat(bridge.path("cniVersion").asText()).isEqualTo("1.0.0");
        assertThat(bridge.path("secret").asText()).isEqualTo("kept");
        assertThat(bridge.at("/prevResult/foreign").asText()).isEqualTo("kept");
        assertThat(bridge.has("runtimeConfig")).isFalse();
        assertThat(multus.stdin("portmap", "eth0").at("/runtimeConfig/portMappings/0/hostPort"))
                .hasToString("80");
        assertThat(multus.environment("bridge", "eth0"))
                .contains(
                        "CNI_ARGS=IgnoreUnknown=true;K8S_POD_NAME=amf-0;MAC=02:00:00:00:00:09",
                        "CNI_CONTAINERID=old",
                        "CNI_NETNS=/run/netns/old",
                        "CNI_PATH=/opt/cni/bin:" + directory.resolve("bin"));
    }

    @Test
    void a_result_is_passed_in_the_version_of_the_configuration() throws IOException {
        attach("old");

        node.call("DEL", "old", "amf-0");

        var side = multus.stdin("paper", "net1");
        assertThat(side.at("/prevResult/cniVersion").asText()).isEqualTo("0.4.0");
        assertThat(side.at("/prevResult/ips/0/version").asText()).isEqualTo("4");
        assertThat(side.at("/runtimeConfig/mac").asText()).isEqualTo("02:00:00:00:00:09");
    }

    @Test
    void an_old_version_has_no_result_and_passes_as_it_is() throws IOException {
        String old = "{\"cniVersion\":\"0.2.0\",\"name\":\"main\",\"type\":\"bridge\"}";
        multus.delegate("main", "", old).scratch("old");
        multus.result("main", "old", "eth0", old, "{\"cniVersion\":\"0.2.0\"}");

        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();

        assertThat(multus.stdin("bridge", "eth0").path("cniVersion").asText()).isEqualTo("0.2.0");
        assertThat(multus.stdin("bridge", "eth0").has("prevResult")).isFalse();
    }

    @Test
    void a_del_without_namespace_and_without_results_is_carried_out_too() throws IOException {
        multus.delegate("main", "", MAIN)
                .delegate(
                        "core/side",
                        ",\"ifnameRequest\":\"data0\",\"ipRequest\":[\"10.2.0.9\"]",
                        SIDE)
                .scratch("old");

        Answer answer =
                node.call(
                        Map.of(
                                "CNI_COMMAND", "DEL",
                                "CNI_CONTAINERID", "old",
                                "CNI_IFNAME", "eth0",
                                "CNI_ARGS", "K8S_POD_NAME=amf-0"),
                        "",
                        OptionalInt.empty());

        assertThat(answer).isEqualTo(new Answer(0, ""));
        assertThat(multus.calls())
                .containsExactly("DEL paper data0", "DEL portmap eth0", "DEL bridge eth0");
        assertThat(multus.environment("paper", "data0"))
                .contains("CNI_ARGS=IP=10.2.0.9;K8S_POD_NAME=amf-0", "CNI_NETNS=");
        assertThat(multus.isForgotten("old")).isTrue();
    }

    @Test
    void all_are_tried_and_nothing_is_forgotten_while_one_fails() throws IOException {
        attach("old");
        multus.fails("paper", true);

        Answer answer = node.call("DEL", "old", "amf-0");

        assertThat(answer.code()).isEqualTo(11);
        assertThat(answer.text())
                .contains("net1 (core/side, paper), which Multus attached", "the switch is busy");
        assertThat(multus.calls())
                .containsExactly("DEL paper net1", "DEL portmap eth0", "DEL bridge eth0");
        assertThat(multus.cache.resolve("old")).exists();
        assertThat(multus.cache.resolve("results/side-old-net1")).exists();

        multus.fails("paper", false);
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(multus.isForgotten("old")).isTrue();
    }

    @Test
    void the_description_of_a_device_goes_with_its_attachment_and_not_before() throws IOException {
        attach("old");
        Path main = multus.describe("told", "old", "eth0");
        Path side = multus.describe("told", "old", "net1");
        multus.fails("paper", true);

        node.call("DEL", "old", "amf-0");

        assertThat(main).doesNotExist();
        assertThat(side).as("the next DEL may read it").exists();
        multus.fails("paper", false);
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(side).doesNotExist();
    }

    @Test
    void where_no_result_tells_it_the_description_is_called_as_multus_calls_it()
            throws IOException {
        multus.delegate("main", "", MAIN).delegate("core/side", "", SIDE).scratch("old");
        Path side = multus.describe("core-side", "old", "net1");
        Path others = multus.describe("core-side", "older", "net1");

        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();

        assertThat(side).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void a_missing_binary_is_told_and_the_cache_kept() throws IOException {
        attach("old");
        Files.delete(directory.resolve("bin/portmap"));

        Answer answer = node.call("DEL", "old", "amf-0");

        assertThat(answer.code()).isEqualTo(7);
        assertThat(answer.text()).contains("portmap", directory.resolve("bin").toString());
        assertThat(multus.calls()).containsExactly("DEL paper net1", "DEL bridge eth0");
        assertThat(multus.cache.resolve("old")).exists();
    }

    @Test
    void a_truncated_scratch_file_leaves_it_to_the_results() throws IOException {
        attach("old");
        String whole = Files.readString(multus.cache.resolve("old"));
        Files.writeString(multus.cache.resolve("old"), whole.substring(0, whole.length() / 2));

        assertThat(node.call("DEL", "old", "amf-0")).isEqualTo(new Answer(0, ""));

        assertThat(multus.calls())
                .containsExactly("DEL paper net1", "DEL portmap eth0", "DEL bridge eth0");
        assertThat(multus.isForgotten("old")).isTrue();
    }

    @Test
    void a_corrupt_scratch_file_without_results_is_an_error_that_names_it_and_is_kept()
            throws IOException {
        for (String text : new String[] {"", "[{\"Conf\":", "{}", "[1]"}) {
            Path scratch = Files.writeString(multus.cache.resolve("old"), text);

            Answer answer = node.call("DEL", "old", "amf-0");

            assertThat(answer.code()).as(text).isEqualTo(6);
            assertThat(answer.text()).contains(scratch.toString());
            assertThat(scratch).hasContent(text);
        }
        assertThat(multus.calls()).isEmpty();
    }

    @Test
    void empty_lists_and_missing_elements_are_nothing() throws IOException {
        for (String text : new String[] {"[]", "null", "[null]"}) {
            Files.writeString(multus.cache.resolve("old"), text);
            assertThat(node.call("DEL", "old", "amf-0")).as(text).isEqualTo(new Answer(0, ""));
            assertThat(multus.isForgotten("old")).isTrue();
        }
        multus.element("null").delegate("core/side", "", SIDE).scratch("old");
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(multus.calls()).containsExactly("DEL paper net1");
    }

    @Test
    void an_element_without_a_configuration_takes_it_from_the_results() throws IOException {
        multus.element("{\"Name\":\"core/side\",\"Bytes\":null}").scratch("old");
        assertThat(node.call("DEL", "old", "amf-0").code()).isEqualTo(6);
        assertThat(multus.cache.resolve("old")).exists();

        multus.result("side", "old", "eth0", SIDE, SIDE_RESULT);
        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();
        assertThat(multus.calls()).containsExactly("DEL paper eth0");
    }

    @Test
    void a_list_that_multus_wrote_without_its_text_is_read_as_it_is() throws IOException {
        multus.element(
                        """
                        {"Conf":{"cniVersion":"","type":"","ipam":{},"dns":{}},
                         "ConfList":{"cniVersion":"0.3.1","name":"main",
                                     "plugins":[{"cniVersion":"0.3.1","type":"bridge"}]},
                         "Name":"main","Bytes":null}
                        """)
                .scratch("old");

        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();

        assertThat(multus.calls()).containsExactly("DEL bridge eth0");
        assertThat(multus.stdin("bridge", "eth0").path("name").asText()).isEqualTo("main");
    }

    @Test
    void what_only_the_results_know_goes_too_and_first() throws IOException {
        attach("old");
        multus.result(
                "late",
                "old",
                "net7",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"late\",\"type\":\"extra\"}",
                "{}");

        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();

        assertThat(multus.calls())
                .containsExactly(
                        "DEL extra net7", "DEL paper net1", "DEL portmap eth0", "DEL bridge eth0");
        assertThat(multus.isForgotten("old")).isTrue();
    }

    @Test
    void a_damaged_result_costs_the_result_alone() throws IOException {
        attach("old");
        Files.writeString(multus.cache.resolve("results/main-old-eth0"), "{\"kind\":");

        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();

        assertThat(multus.calls())
                .containsExactly("DEL paper net1", "DEL portmap eth0", "DEL bridge eth0");
        assertThat(multus.stdin("bridge", "eth0").has("prevResult")).isFalse();
        assertThat(multus.isForgotten("old")).isTrue();
    }

    @Test
    void a_damaged_result_that_nothing_else_tells_of_is_an_error_that_names_it()
            throws IOException {
        Path entry = Files.writeString(multus.cache.resolve("results/main-old-eth0"), "{\"kind\":");

        Answer answer = node.call("DEL", "old", "amf-0");

        assertThat(answer.code()).isEqualTo(6);
        assertThat(answer.text()).contains(entry.toString());
        assertThat(entry).exists();
    }

    @Test
    void the_caches_of_other_containers_stay() throws IOException {
        attach("old");
        Path other = multus.result("main", "older", "eth0", MAIN, MAIN_RESULT);

        node.call("DEL", "old", "amf-0");

        assertThat(other).exists();
    }

    @Test
    void a_container_of_our_own_is_none_of_multus() throws IOException {
        node.call("ADD", "c1", "amf-0");
        attach("c1");

        node.call("DEL", "c1", "amf-0");

        assertThat(multus.calls()).isEmpty();
    }

    @Test
    void a_multus_that_calls_us_is_alive_and_left_alone() throws IOException {
        multus.delegate(
                        "main",
                        "",
                        "{\"cniVersion\":\"1.0.0\",\"name\":\"p\",\"type\":\"patchbay\"}")
                .delegate("core/side", "", SIDE)
                .scratch("old");

        assertThat(node.call("DEL", "old", "amf-0").code()).isZero();

        assertThat(multus.calls()).isEmpty();
        assertThat(multus.cache.resolve("old")).exists();
    }

    @Test
    void a_check_asks_the_binaries_in_order() throws IOException {
        attach("old");

        assertThat(node.call("CHECK", "old", "amf-0")).isEqualTo(new Answer(0, ""));

        assertThat(multus.calls())
                .containsExactly("CHECK bridge eth0", "CHECK portmap eth0", "CHECK paper net1");
        assertThat(multus.stdin("bridge", "eth0").has("prevResult")).isTrue();
        multus.fails("portmap", true);
        assertThat(node.call("CHECK", "old", "amf-0").code()).isEqualTo(11);
        assertThat(node.call("CHECK", "nobody", "amf-0").code()).isEqualTo(3);
    }

    @Test
    void a_gc_undoes_what_the_runtime_does_not_know() throws IOException {
        attach("old");
        multus.result("main", "gone", "eth0", MAIN, MAIN_RESULT);
        Path living = multus.result("main", "living", "eth0", MAIN, MAIN_RESULT);

        Answer answer =
                node.call(
                        "GC",
                        ", \"cni.dev/valid-attachments\": [{\"containerID\": \"living\", \"ifname\": \"eth0\"}]");

        assertThat(answer).isEqualTo(new Answer(0, ""));
        assertThat(multus.calls())
                .containsExactly(
                        "DEL portmap eth0",
                        "DEL bridge eth0",
                        "DEL paper net1",
                        "DEL portmap eth0",
                        "DEL bridge eth0");
        assertThat(multus.environment("bridge", "eth0")).contains("CNI_NETNS=");
        assertThat(living).exists();
        assertThat(multus.isForgotten("old")).isTrue();
        assertThat(multus.isForgotten("gone")).isTrue();
    }

    @Test
    void a_gc_spares_what_multus_attached_and_what_the_runtime_names() throws IOException {
        node.call("ADD", "c1", "amf-0");
        attach("old");

        node.call(
                "GC",
                ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}, {\"containerID\": \"old\", \"ifname\": \"eth0\"}, {\"containerID\": \"other\", \"ifname\": \"eth0\"}]");

        assertThat(node.paper.spared)
                .contains(
                        new AttachmentId("c1", "main", "eth0"),
                        new AttachmentId("c1", "side", "net1"),
                        new AttachmentId("old", "side", "net1"),
                        new AttachmentId("other", "main", "eth0"));
    }

    @Test
    void a_gc_sweeps_nothing_where_it_cannot_be_told_what_multus_attached() throws IOException {
        Files.writeString(multus.cache.resolve("broken"), "[");

        assertThat(node.call("GC", ", \"cni.dev/valid-attachments\": []").code()).isEqualTo(6);

        assertThat(node.paper.events).noneMatch(event -> event.startsWith("gc"));
    }

    @Test
    void a_gc_goes_on_after_a_failure_and_tells_it() throws IOException {
        Files.writeString(multus.cache.resolve("broken"), "[");
        multus.result("main", "gone", "eth0", MAIN, MAIN_RESULT);

        Answer answer = node.call("GC", ", \"cni.dev/valid-attachments\": []");

        assertThat(answer.code()).isEqualTo(6);
        assertThat(answer.text()).contains("broken");
        assertThat(multus.isForgotten("gone")).isTrue();
    }
}
