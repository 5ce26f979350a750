package io.patchbay.e2e.node;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A node of the telecom example: two interfaces on a simulated VPC, a data-plane card `media0`, a
/// bridge `signalling`, and the manifests of examples/telecom. The daemon runs from the installed
/// tree.
public final class TelecomNode implements AutoCloseable {
    /// The node's own links speak IPv4 only: a link-local address that comes with the carrier, some
    /// time later, would look like a leak.
    private static final String LINKS =
            """
            ip link add media0 type veth peer name media-switch
            ip link add signalling address 02:00:00:00:20:01 type bridge
            for link in eth0 eth1 media0 media-switch signalling; do
              echo 1 > /proc/sys/net/ipv6/conf/$link/disable_ipv6
            done
            for link in media0 media-switch signalling; do
              ip link set $link up
            done
            """;

    private final Installation installation;
    private final NodeNamespace node;
    private final OpenNetns netns;
    private final SimulatedVpc vpc;

    private TelecomNode(Path work, NodeNamespace node, OpenNetns netns, SimulatedVpc vpc) {
        this.installation = new Installation(node, work);
        this.node = node;
        this.netns = netns;
        this.vpc = vpc;
    }

    /// @param work an empty directory, for manifests, configuration and state
    public static TelecomNode create(Path work) {
        return create(work, "");
    }

    /// @param settings more lines of the configuration
    public static TelecomNode create(Path work, String settings) {
        NodeNamespace node = NodeNamespace.create();
        OpenNetns netns = Kernel.ofThisMachine().open(node.netns());
        SimulatedVpc vpc = SimulatedVpc.open();
        vpc.node("node", netns, 4, 40);
        node.run("sh", "-ec", LINKS);
        TelecomNode telecom = new TelecomNode(work, node, netns, vpc);
        telecom.writeFiles(settings);
        return telecom;
    }

    private void writeFiles(String settings) {
        try (Stream<Path> examples = Files.list(Checkout.root().resolve("examples/telecom"))) {
            Files.createDirectories(manifests());
            for (Path example : examples.toList()) {
                Files.copy(example, manifests().resolve(example.getFileName().toString()));
            }
            installation.configure(
                    """
                    manifests: %s
                    delegates:
                      vpc:
                        cooldownSeconds: 0
                        pool: {provision: false}
                    %s
                    """
                            .formatted(manifests(), settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public NodeNamespace namespace() {
        return node;
    }

    public SimulatedVpc vpc() {
        return vpc;
    }

    public Installation installation() {
        return installation;
    }

    public Path manifests() {
        return installation.manifests();
    }

    public Path settings() {
        return installation.settings();
    }

    public Path state() {
        return installation.state();
    }

    public Path spool() {
        return state().resolve("spool");
    }

    public Shim shim() {
        return installation.shim();
    }

    /// Starts the installed daemon and waits until it takes requests.
    public DaemonProcess startDaemon() {
        return installation.start();
    }

    public PodNetns pod(String name) {
        return PodNetns.create(node, name);
    }

    public Call call(String command, String containerId, PodNetns pod, String podName) {
        return Call.of(command, containerId, pod.path()).pod("core", podName);
    }

    public Witness witness() {
        return Witness.in(node.netns());
    }

    /// Everything of the node that can leak: network, state, and host-local's leases.
    public Snapshot snapshot() {
        return NetworkState.take("node", witness())
                .plus(FileState.take("state", state()))
                .plus(FileState.take("leases", node.file("/var/lib/cni")))
                .plus(new Snapshot(Map.of("pod namespaces", namespaces())));
    }

    private List<String> namespaces() {
        return node.run("ls", "/run/netns").lines().toList();
    }

    @Override
    public void close() {
        vpc.close();
        netns.close();
        node.close();
    }
}
