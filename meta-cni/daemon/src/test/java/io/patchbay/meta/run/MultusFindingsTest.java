package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.run.Node.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong in Multus 4.2 and is no row of a specification. Rows that Multus breaks are in
/// {@link NetworkRowsTest}, {@link CniRowsTest} and {@link CniVerbRowsTest}: n13 and n20 (values
/// that nobody checks), n15 to n19 (requests that vanish), n22 (what leaks to other networks), n29
/// (a DEL that hides its failures), n31 (the way round isolation), c53 (a CHECK of nothing), c58 (a
/// STATUS without its code), c64 and c65 (a GC that keeps everything).
@Timeout(300)
class MultusFindingsTest {
    @TempDir Path directory;
    private Node node;

    @BeforeEach
    void open() {
        node = new Node(directory);
    }

    @AfterEach
    void close() {
        node.close();
        assertThat(node.kernel.open).as("namespaces left open").hasValue(0);
    }

    private Answer addWith(String config) {
        node.manifest(
                "odd.yaml",
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: odd.one, namespace: core}
                spec: {config: '%s'}
                """
                        .formatted(config));
        node.pod("amf-0", "odd.one", "");
        return node.call("ADD", "c1", "amf-0");
    }

    private void assertRefused(Answer answer, int code, String... words) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).contains("core/odd.one").contains(words);
        assertThat(node.paper.events).isEmpty();
    }

    @Test
    void a_dotted_name_is_a_name_in_both_forms() {
        String config = "{\"cniVersion\": \"1.1.0\", \"name\": \"odd\", \"type\": \"paper\"}";
        assertThat(addWith(config).code()).isZero();
        node.call("DEL", "c1", "amf-0");
        node.pod("amf-0", "[{'name': 'odd.one'}]".replace("'", "\\\""), "");
        assertThat(node.call("ADD", "c1", "amf-0").code()).isZero();
    }

    @Test
    void a_list_without_plugins_is_refused() {
        assertRefused(
                addWith("{\"cniVersion\": \"1.1.0\", \"name\": \"odd\", \"plugins\": []}"),
                7,
                "plugins");
        assertRefused(
                addWith("{\"cniVersion\": \"1.1.0\", \"name\": \"odd\", \"plugins\": [null]}"),
                7,
                "plugins[0]");
    }

    @Test
    void args_that_are_no_object_are_refused() {
        for (String args : List.of("7", "[]", "{\"cni\": \"x\"}")) {
            assertRefused(
                    addWith(
                            "{\"cniVersion\": \"1.1.0\", \"name\": \"odd\", \"type\": \"paper\", \"args\": %s}"
                                    .formatted(args)),
                    6,
                    "\"args");
        }
    }

    @Test
    void a_network_that_would_call_us_again_is_refused_wherever_it_hides() {
        for (String plugin :
                List.of(
                        "{\"type\": \"patchbay\"}",
                        "{\"type\": \"x\", \"delegate\": {\"type\": \"patchbay\"}}",
                        "{\"type\": \"x\", \"delegates\": [{\"plugins\": [{\"type\": \"patchbay\"}]}]}")) {
            assertRefused(
                    addWith(
                            "{\"cniVersion\": \"1.1.0\", \"name\": \"odd\", \"plugins\": [{\"type\": \"paper\"}, %s]}"
                                    .formatted(plugin)),
                    7,
                    "delegate to itself");
        }
    }

    @Test
    void a_pod_that_is_not_found_is_no_success() {
        assertThat(node.call("ADD", "c1", "nobody").code()).isEqualTo(11);
        assertThat(node.paper.events).isEmpty();
    }

    @Test
    void a_torn_journal_is_set_aside_and_named_and_no_silent_success() throws IOException {
        node.pod("amf-0", "side", "");
        node.call("ADD", "c1", "amf-0");
        node.close();
        Path record = directory.resolve("state/sandboxes/c1");
        byte[] whole = Files.readAllBytes(record);
        Files.write(record, Arrays.copyOf(whole, whole.length / 2));

        node = new Node(directory);

        assertThat(directory.resolve("state/set-aside")).isDirectoryContaining("glob:**c1*");
        assertThat(node.call("CHECK", "c1", "amf-0").code()).isEqualTo(3);
    }

    @Test
    void a_del_that_failed_finds_its_way_again() {
        node.pod("amf-0", "side", "");
        node.call("ADD", "c1", "amf-0");
        node.paper.delFails = true;
        assertThat(node.call("DEL", "c1", "amf-0").code()).isEqualTo(11);
        node.paper.delFails = false;
        node.paper.events.clear();
        assertThat(node.call("DEL", "c1", "amf-0").code()).isZero();
        assertThat(node.paper.events).containsExactly("del net1 of c1", "del eth0 of c1");
    }
}
