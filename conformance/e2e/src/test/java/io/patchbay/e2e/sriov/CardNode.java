package io.patchbay.e2e.sriov;

import io.patchbay.e2e.Await;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The stock kernel's machine as a node: two SR-IOV cards on one wire, `eth0` and `eth1`, with
/// seven virtual functions each, and the installed daemon. A pod's first interface is on a bridge.
final class CardNode implements AutoCloseable {
    /// Where the cards are.
    static final List<String> CARDS = List.of("0000:01:00.0", "0000:02:00.0");

    static final int EACH = 7;

    /// What a pod changes of a link that comes back: nothing more than another kernel would.
    private static final String LINKS =
            """
            modprobe vfio-pci
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

    private final Installation installation;
    private final NodeNamespace node;

    private CardNode(NodeNamespace node, Path work) {
        this.node = node;
        this.installation = new Installation(node, work);
    }

    /// @param work an empty directory, for manifests, configuration and state
    static CardNode boot(Path work) {
        NodeNamespace node = NodeNamespace.ofMachine();
        node.run("sh", "-ec", LINKS);
        CardNode cards = new CardNode(node, work);
        Await.until(
                "all functions have links",
                () ->
                        node.run("sh", "-ec", LINKS_OF_FUNCTIONS)
                                .strip()
                                .equals(Integer.toString(CARDS.size() * EACH)));
        cards.installation.configure(
                """
                manifests: %s
                deviceInfoDirectory: %s
                defaultNetwork: {type: bridge, bridge: pods}
                """
                        .formatted(
                                cards.installation.manifests(),
                                cards.installation.state().resolve("devinfo")));
        return cards;
    }

    Installation installation() {
        return installation;
    }

    DaemonProcess startDaemon() {
        return installation.launch(daemon("io.patchbay.meta.run.Main"), Map.of()).awaitReady();
    }

    /// The installed daemon by one of its main classes, or the rig's, but without the delegate of
    /// the cloud: loading what that is made of takes a minute in an emulator.
    static List<String> daemon(String main) {
        try (Stream<Path> jars = Files.list(Checkout.dist().resolve("lib"))) {
            String installed =
                    jars.map(Path::toString)
                            .filter(jar -> jar.endsWith(".jar") && !jar.contains("delegate-vpc"))
                            // Ours first: most classes are there.
                            .sorted(Comparator.comparing(jar -> !jar.contains("/patchbay-")))
                            .collect(Collectors.joining(":"));
            return List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    installed,
                    main);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The PCI address of a virtual function.
    ///
    /// @param card 0 or 1
    /// @param index 0 to 6
    static String function(int card, int index) {
        return "0000:%02x:%02x.%d".formatted(card + 1, 0x10 + index / 4, index % 4 * 2);
    }

    /// A pod's manifest, with one network for each device, and its network namespace.
    ///
    /// @param config of the network, as JSON
    CardPod pod(String name, String config, String... devices) {
        String networks =
                List.of(devices).stream()
                        .map(device ->
                                "{\"name\": \"%s\", \"deviceID\": \"%s\"}".formatted(name, device))
                        .collect(Collectors.joining(", "));
        installation.manifest(
                name,
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: %1$s, namespace: core}
                spec: {config: '%2$s'}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: core
                  annotations: {k8s.v1.cni.cncf.io/networks: '[%3$s]'}
                """
                        .formatted(name, config.replace("\n", " "), networks));
        return new CardPod(installation, name, PodNetns.create(node, name));
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

    @Override
    public void close() {
        shell(
                """
                ip link delete pods
                for card in 0000:01:00.0 0000:02:00.0; do
                  echo 0 > /sys/bus/pci/devices/$card/sriov_numvfs
                done
                """);
        node.close();
    }
}
