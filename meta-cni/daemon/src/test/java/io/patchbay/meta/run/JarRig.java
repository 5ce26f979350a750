package io.patchbay.meta.run;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.kit.jar.SourceJar;
import io.patchbay.meta.jar.Jars;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.run.Node.Answer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node with third parties' jars, each compiled by its test. The network of every pod is of the
/// type that a test asks for.
@Timeout(300)
abstract class JarRig {
    /// Statements of a jar that wait for a latch of the test, whatever interrupts them.
    static final String STICKS =
            """
            var latch = (java.util.concurrent.CountDownLatch) System.getProperties().get("acme.latch");
            ((java.util.concurrent.Semaphore) System.getProperties().get("acme.entered")).release();
            for (boolean waits = true; waits;) {
                try { latch.await(); waits = false; } catch (InterruptedException e) { }
            }
            """;

    @TempDir Path directory;

    Node node;
    LogLines log;
    private Jars jars;

    @BeforeEach
    void open() {
        log = LogLines.open();
        node = new Node(directory, NetworkSelection.of("core", "side"));
        jars = jars();
        network("paper");
    }

    /// As a daemon has them that starts now.
    Jars jars() {
        return jars(InstantSource.system());
    }

    Jars jars(InstantSource clock) {
        return new Jars(
                List.of(directory.resolve("delegates")),
                node.state,
                new DurableFiles(node.state),
                clock);
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

    Jars loaded() {
        return jars;
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

    /// A call that is interrupted, as at its deadline, once the jar is in it: {@link #STICKS}.
    Answer interrupted(String command, String container, String type) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread caller = begin(command, container, type, answer);
        caller.interrupt();
        return answer.join();
    }

    /// A call that goes on, begun until the jar is in it.
    Thread begin(String command, String container, String type, CompletableFuture<Answer> answer) {
        Semaphore entered = new Semaphore(0);
        System.getProperties().put("acme.entered", entered);
        Thread caller =
                Thread.ofPlatform().start(() -> answer.complete(call(command, container, type)));
        entered.acquireUninterruptibly();
        return caller;
    }

    Answer status(String type) {
        network(type);
        return node.call("STATUS", "");
    }
}
