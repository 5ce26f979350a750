package io.patchbay.e2e;

import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.Shim;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A node of a simulated VPC that has nothing but its primary interface: the installed daemon gets
/// the pods' addresses from EC2, with the credentials that instance metadata gives it.
final class CloudNode implements AutoCloseable {
    private static final String SETTINGS =
            """
            manifests: %1$s/manifests
            defaultNetwork: {type: vpc}
            delegates:
              vpc:
                ec2: %2$s
                cooldownSeconds: %3$d
                pool: {%4$s}
            """;

    private final String name;
    private final Path work;
    private final NodeNamespace node = NodeNamespace.create();
    private final OpenNetns netns = Kernel.ofThisMachine().open(node.netns());

    /// @param work an empty directory, for configuration and state
    CloudNode(String name, Path work) {
        this.name = name;
        this.work = work;
    }

    /// Boots it as an instance of the VPC's type, with no address but its own.
    ///
    /// @param pool the keys of the section `pool`, in YAML's flow style
    SimulatedNode boot(SimulatedVpc vpc, int cooldown, String pool) {
        return boot(vpc, cooldown, pool, "");
    }

    /// @param more keys of the section `vpc`, in lines
    SimulatedNode boot(SimulatedVpc vpc, int cooldown, String pool, String more) {
        try {
            Files.createDirectories(work.resolve("manifests"));
            Files.writeString(
                    settings(),
                    SETTINGS.formatted(work, vpc.ec2().fromNodes(), cooldown, pool)
                            + more.indent(4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vpc.node(name, netns, 0);
    }

    private Path settings() {
        return work.resolve("patchbay.yaml");
    }

    /// Writes the manifest of a pod.
    void manifest(String pod) {
        try {
            Files.writeString(
                    work.resolve("manifests/" + pod + ".yaml"),
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: %s, namespace: core}
                    """
                            .formatted(pod));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts the installed daemon and waits until it takes requests.
    DaemonProcess start() {
        List<String> line =
                List.of(
                        Checkout.dist().resolve("bin/patchbay").toString(),
                        "daemon",
                        "--config",
                        settings().toString());
        return DaemonProcess.start(node.enter(line), places()).awaitReady();
    }

    private Map<String, String> places() {
        return Map.of(
                "PATCHBAY_SOCKET",
                work.resolve("run/cni.sock").toString(),
                "PATCHBAY_STATE",
                work.resolve("state").toString());
    }

    Netns netns() {
        return netns;
    }

    PodNetns netns(String pod) {
        return PodNetns.create(node, pod);
    }

    Answer call(String command, String container, String pod, PodNetns netns) {
        return new Shim(node, Checkout.dist().resolve("cni/patchbay"), places())
                .call(Call.of(command, container, netns.path()).pod("core", pod));
    }

    Answer status() {
        return new Shim(node, Checkout.dist().resolve("cni/patchbay"), places())
                .call(Call.of("STATUS"));
    }

    /// Runs a command of the installed tree.
    Witness.Said patchbay(String... arguments) {
        List<String> line = new ArrayList<>(List.of("env"));
        places().forEach((key, value) -> line.add(key + "=" + value));
        line.add(Checkout.dist().resolve("bin/patchbay").toString());
        line.addAll(List.of(arguments));
        line.addAll(List.of("--config", settings().toString()));
        return Witness.here().attempt(node.enter(line).toArray(String[]::new));
    }

    Witness witness() {
        return Witness.in(node.netns());
    }

    @Override
    public void close() {
        netns.close();
        node.close();
    }
}
