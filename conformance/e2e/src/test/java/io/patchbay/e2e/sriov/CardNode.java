package io.patchbay.e2e.sriov;

import io.patchbay.e2e.Await;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.meta.run.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stock kernel's machine as a node: two SR-IOV cards on one wire, `eth0` and `eth1`, with
/// seven virtual functions each, and the installed daemon. A pod's first interface is on a bridge.
/// It takes a while to come up, so all tests share it; it ends with the machine.
final class CardNode {
    static final int EACH = 7;

    private static final int CARDS = 2;

    /// What a pod changes of a link that comes back: nothing more than another kernel would.
    private static final String LINKS =
            """
            modprobe vfio-pci
            modprobe dummy numdummies=0
            modprobe bonding max_bonds=0
            ip link add pods address 02:00:00:00:30:01 type bridge
            ip link set pods up
            for card in 0000:01:00.0 0000:02:00.0; do
              device=/sys/bus/pci/devices/$card
              ip link set $(ls $device/net) up
              echo 7 > $device/sriov_numvfs
            done
            """;

    private static final String LINKS_OF_FUNCTIONS =
            "ls -d /sys/bus/pci/drivers/igbvf/0000:*/net/* | wc -l";

    private static @Nullable CardNode shared;

    private final Installation installation;
    private final NodeNamespace node;

    private CardNode(NodeNamespace node, Path work) {
        this.node = node;
        this.installation = new Installation(node, work);
    }

    /// The node with its daemon, which is started with the first test.
    static synchronized CardNode shared() {
        CardNode running = shared;
        if (running == null) {
            NodeNamespace node = NodeNamespace.ofMachine();
            node.run("sh", "-ec", LINKS);
            running = new CardNode(node, directory());
            running.awaitLinks();
            running.configure();
            DaemonProcess _ = running.startDaemon();
            shared = running;
        }
        return running;
    }

    /// The same machine with places for another daemon, which is not started.
    static CardNode another() {
        CardNode another = new CardNode(shared().node, directory());
        another.configure();
        return another;
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("cards");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until each function has its link on the node.
    void awaitLinks() {
        String all = Integer.toString(CARDS * EACH);
        Await.until(
                "all functions have links", () -> shell(LINKS_OF_FUNCTIONS).strip().equals(all));
    }

    private void configure() {
        defaultNetwork("{type: bridge, bridge: pods}");
    }

    /// What each pod's first interface is on; a daemon reads it when it starts.
    void defaultNetwork(String network) {
        installation.configure(
                """
                manifests: %s
                deviceInfoDirectory: %s
                pluginPath: [%s]
                defaultNetwork: %s
                """
                        .formatted(
                                installation.manifests(),
                                installation.state().resolve("devinfo"),
                                installation.work().resolve("bin"),
                                network.strip().replace("\n", " ")));
    }

    Installation installation() {
        return installation;
    }

    DaemonProcess startDaemon() {
        return installation
                .launch(Installation.daemonWithoutCloud(Main.class, List.of()), Map.of())
                .awaitReady();
    }

    /// The PCI address of a virtual function.
    ///
    /// @param card 0 or 1
    /// @param index 0 to 6
    static String function(int card, int index) {
        return "0000:%02x:%02x.%d".formatted(card + 1, 0x10 + index / 4, index % 4 * 2);
    }

    /// A network of a pod's own.
    ///
    /// @param config as JSON, but for its version
    /// @param device that the pod names for it; empty for none
    record Network(String config, String device) {}

    /// A pod with one network of type sriov.
    ///
    /// @param keys of its configuration, as JSON without braces
    CardPod pod(String name, String device, String keys) {
        return pod(name, List.of(sriov(device, keys)));
    }

    static Network sriov(String device, String keys) {
        String more = keys.isEmpty() ? "" : ", " + keys;
        return new Network("\"type\": \"sriov\"" + more, device);
    }

    /// A pod's manifest and its network namespace; its links are called net1 and so on.
    CardPod pod(String name, List<Network> networks) {
        StringBuilder documents = new StringBuilder();
        List<String> selections = new ArrayList<>();
        for (Network network : networks) {
            String of = name + "-" + selections.size();
            documents.append(
                    """
                    apiVersion: k8s.cni.cncf.io/v1
                    kind: NetworkAttachmentDefinition
                    metadata: {name: %s, namespace: core}
                    spec: {config: '{"cniVersion": "1.1.0", %s}'}
                    ---
                    """
                            .formatted(of, network.config()));
            String device =
                    network.device().isEmpty()
                            ? ""
                            : ", \"deviceID\": \"%s\"".formatted(network.device());
            selections.add("{\"name\": \"%s\"%s}".formatted(of, device));
        }
        documents.append(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: core
                  annotations: {k8s.v1.cni.cncf.io/networks: '%s'}
                """
                        .formatted(name, selections));
        installation.manifest(name, documents.toString());
        return new CardPod(installation, name, PodNetns.create(node, name));
    }

    /// What a function's link is called on the node.
    String linkOf(String function) {
        return shell("ls /sys/bus/pci/devices/%s/net".formatted(function)).strip();
    }

    /// Gives a function to a driver, as an operator would.
    ///
    /// @param override the only one that may have it; empty for the kernel's choice
    void bind(String function, String override) {
        shell(
                """
                cd /sys/bus/pci/devices/%1$s
                echo "%2$s" > driver_override
                echo %1$s > driver/unbind
                echo %1$s > /sys/bus/pci/drivers_probe
                """
                        .formatted(function, override));
    }

    /// Runs a command on the node.
    String run(String... command) {
        return node.run(command);
    }

    String shell(String script) {
        return node.run("sh", "-ec", script);
    }

    Witness witness() {
        return Witness.in(node.netns());
    }

    /// Everything that can leak: the cards, the links, what the daemon remembers, and leases.
    Snapshot snapshot() {
        return CardState.take(witness())
                .plus(FileState.take("state", installation.state()))
                .plus(FileState.take("leases", node.file("/var/lib/cni")))
                .plus(new Snapshot(Map.of("pods", node.run("ls", "/run/netns").lines().toList())));
    }
}
