package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A node with a neighbour by cable, whose runtime has the reference plugins in its path. A pod has
/// one network in the default one's place, or the default one and others beside it.
final class ForeignNode implements AutoCloseable {
    static final String OWN = "192.0.2.1";

    private final NodeNamespace node = NodeNamespace.create();
    private final Installation installation;
    private final PodNetns neighbour;
    private DaemonProcess daemon;
    private String path = Checkout.referencePlugins().toString();
    private String runtimeConfig = "{}";

    ForeignNode(Path work) {
        this(work, "{type: loopback}");
    }

    /// @param defaultNetwork one plugin's configuration or a list's, as YAML or JSON
    ForeignNode(Path work, String defaultNetwork) {
        installation = new Installation(node, work);
        installation.configure(
                """
                manifests: %s
                networkConfigDirectory: %s
                cniConfigDirectory: %s
                defaultNetwork: %s
                """
                        .formatted(
                                installation.manifests(),
                                work.resolve("networks"),
                                work.resolve("net.d"),
                                defaultNetwork));
        neighbour = PodNetns.create(node, "neighbour");
        node.run("ip", "link", "add", "up0", "type", "veth", "peer", "cable", "netns", "neighbour");
        node.run("ip", "address", "add", OWN + "/24", "dev", "up0");
        node.run("ip", "link", "set", "up0", "up");
        neighbour.run("ip", "address", "add", "192.0.2.2/24", "dev", "cable");
        neighbour.run("ip", "link", "set", "cable", "up");
        daemon = installation.start();
    }

    Installation installation() {
        return installation;
    }

    NodeNamespace namespace() {
        return node;
    }

    PodNetns neighbour() {
        return neighbour;
    }

    /// CNI_PATH of the calls from now on.
    void path(String directories) {
        path = directories;
    }

    /// What the runtime offers from now on.
    void offer(String capabilities) {
        runtimeConfig = capabilities;
    }

    void restart() {
        daemon.kill();
        daemon = installation.start();
    }

    /// A pod whose network is written in its definition, or on disk where that is empty.
    PodNetns pod(String name, String config) {
        installation.manifest(
                name,
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: %1$s, namespace: core}
                %2$s
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: core
                  annotations: {v1.multus-cni.io/default-network: core/%1$s}
                """
                        .formatted(
                                name,
                                config.isEmpty() ? "" : "spec: {config: '%s'}".formatted(config)));
        return PodNetns.create(node, name);
    }

    /// A pod of the default network.
    ///
    /// @param networks that it selects beside it
    PodNetns podOfDefault(String name, String networks) {
        installation.pod(name, networks);
        return PodNetns.create(node, name);
    }

    /// A list on disk, which a definition of that name without a configuration means.
    void conflist(String name, String plugins) {
        installation.write("networks/%s.conflist".formatted(name), list(name, plugins));
    }

    static String list(String name, String plugins) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"%s\", \"plugins\": [%s]}"
                .formatted(name, plugins);
    }

    Answer call(String command, PodNetns pod) {
        return call(about(command, pod));
    }

    /// @param patience of the plugin for the daemon
    Answer call(String command, PodNetns pod, Duration patience) {
        return call(patient(about(command, pod), patience));
    }

    /// STATUS, or GC of all that there is.
    Answer call(String command, Duration patience) {
        return call(patient(Call.of(command), patience));
    }

    private static Call about(String command, PodNetns pod) {
        return Call.of(command, pod.name(), pod.path()).pod("core", pod.name());
    }

    private static Call patient(Call call, Duration patience) {
        return call.with("PATCHBAY_DEADLINE_MS", Long.toString(patience.toMillis()));
    }

    private Answer call(Call call) {
        return installation.call(
                call.with("CNI_PATH", path)
                        .input(
                                """
                                {"cniVersion": "1.1.0", "name": "patchbay", "type": "patchbay",
                                 "runtimeConfig": %s, "cni.dev/valid-attachments": []}\
                                """
                                        .formatted(runtimeConfig)));
    }

    /// Calls, and expects success.
    Answer succeed(String command, PodNetns pod) {
        Answer answer = call(command, pod);
        assertThat(answer.status()).as(command + ": " + answer.output()).isZero();
        return answer;
    }

    String run(String... command) {
        return node.run(command);
    }

    /// Runs a command of the installed tree.
    Witness.Said operate(String... arguments) {
        return installation.operate(arguments);
    }

    /// Installs a program.
    static Path program(Path file, String script) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, script);
            assertThat(file.toFile().setExecutable(true)).isTrue();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        daemon.close();
        neighbour.close();
        node.close();
    }
}
