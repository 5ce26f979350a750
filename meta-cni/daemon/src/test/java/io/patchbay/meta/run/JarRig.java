package io.patchbay.meta.run;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.kit.jar.SourceJar;
import io.patchbay.meta.jar.Jars;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.run.Node.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node with third parties' jars, each compiled by its test. The network of every pod is of the
/// type that a test asks for.
@Timeout(120)
abstract class JarRig {
    @TempDir Path directory;

    Node node;
    LogLines log;
    private Jars jars;

    @BeforeEach
    void open() {
        log = LogLines.open();
        node = new Node(directory, NetworkSelection.of("core", "side"));
        jars =
                new Jars(
                        List.of(directory.resolve("delegates")),
                        directory.resolve("copies"),
                        InstantSource.system());
        network("paper");
    }

    @AfterEach
    void close() {
        node.close();
        log.close();
    }

    Path place(String name) {
        return directory.resolve("delegates").resolve(name);
    }

    void put(String name, SourceJar jar) {
        jar.write(place(name));
    }

    /// A jar TYPE.jar.
    void put(DelegateSource source) {
        put(source.type() + ".jar", source.jar());
    }

    void load() {
        node.delegates.load(jars.load());
    }

    void load(DelegateSource source) {
        put(source);
        load();
    }

    void network(String type) {
        node.pod("amf-0", "", "");
        node.manifest(
                "amf-0.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: amf-0, namespace: core}
                ---
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: side, namespace: core}
                spec:
                  config: '{"cniVersion": "1.1.0", "type": "%s"}'
                """
                        .formatted(type));
    }

    Answer call(String command, String container, String type) {
        network(type);
        return node.call(command, container, "amf-0");
    }

    Answer call(String command, String container, String type, Duration limit) {
        network(type);
        node.kernel.inodes.putIfAbsent("/run/netns/" + container, container.hashCode() + 100L);
        return node.call(
                Node.environment(command, container, "amf-0"),
                "",
                OptionalInt.empty(),
                Instant.now().plus(limit));
    }

    Answer status(String type) {
        network(type);
        return node.call("STATUS", "");
    }
}
