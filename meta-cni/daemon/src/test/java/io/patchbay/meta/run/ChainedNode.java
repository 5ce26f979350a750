package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.run.Node.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A node whose one pod has a further network of two binaries, one behind the other, for tests to
/// extend.
class ChainedNode {
    private static final String RESULT =
            """
            {"cniVersion": "1.0.0",
             "interfaces": [{"name": "net1", "mac": "02:00:00:00:00:09", "sandbox": "/run/netns/c1"}],
             "ips": [{"address": "10.1.0.%d/24", "interface": 0}]}
            """;

    @TempDir Path directory;
    Node node;
    RecordingPlugin first;
    RecordingPlugin second;

    @BeforeEach
    void open() {
        node = new Node(directory);
        first = RecordingPlugin.install(directory.resolve("bin"), "first");
        second = RecordingPlugin.install(directory.resolve("bin"), "second");
        first.returning(RESULT.formatted(5));
        second.returning(RESULT.formatted(6));
        chain("");
    }

    @AfterEach
    void close() {
        node.close();
        assertThat(node.kernel.open).as("namespaces left open").hasValue(0);
    }

    /// The pod's one network: two binaries, one behind the other.
    void chain(String keys) {
        network(
                "{\"cniVersion\": \"1.1.0\"%s, \"plugins\": [{\"type\": \"first\", \"x\": {\"y\": [1.50]}, \"cni.dev/z\": 1}, {\"type\": \"second\"}]}"
                        .formatted(keys));
    }

    void network(String config) {
        pod("k8s.v1.cni.cncf.io/networks: chain", config);
    }

    /// The same network as the pod's default one.
    void defaultNetwork(String config) {
        pod("v1.multus-cni.io/default-network: core/chain", config);
    }

    private void pod(String annotation, String config) {
        node.manifest(
                "all.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: p, namespace: core, annotations: {%s}}
                ---
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: chain, namespace: core}
                spec: {config: '%s'}
                """
                        .formatted(annotation, config));
    }

    Map<String, String> environment(String verb) {
        node.kernel.inodes.putIfAbsent("/run/netns/c1", 77L);
        Map<String, String> environment = new HashMap<>(Node.environment(verb, "c1", "p"));
        environment.put("CNI_PATH", directory.resolve("bin") + ":/nowhere");
        return environment;
    }

    Answer call(String verb) {
        return call(verb, "");
    }

    Answer call(String verb, String keys) {
        return node.call(environment(verb), keys, OptionalInt.empty());
    }

    Answer onNode(String verb, String keys) {
        return node.call(
                Map.of("CNI_COMMAND", verb, "CNI_PATH", directory.resolve("bin").toString()),
                keys,
                OptionalInt.empty());
    }

    Answer raw(Map<String, String> environment, String stdin) {
        return Answer.of(
                node.verbs.handle(
                        new io.patchbay.meta.socket.Request(
                                environment,
                                stdin.getBytes(StandardCharsets.UTF_8),
                                OptionalInt.empty(),
                                Instant.now().plusSeconds(30))));
    }

    Answer without(String variable) {
        Map<String, String> environment = environment("ADD");
        environment.remove(variable);
        return node.call(environment, "", OptionalInt.empty());
    }

    Answer with(String variable, String value) {
        Map<String, String> environment = environment("ADD");
        environment.put(variable, value);
        return node.call(environment, "", OptionalInt.empty());
    }

    void assertUntouched() {
        assertThat(node.paper.events).isEmpty();
        assertThat(first.calls()).isEmpty();
        assertThat(node.journal.all()).isEmpty();
    }

    static JsonNode json(String text) {
        return Json.decode("json", text);
    }
}
