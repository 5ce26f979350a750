package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The MAC address that a pod's annotation asks for, on each kind of network: it is the link's, or
/// it is refused, and never passed over. The kinds that want another kernel, or a card, show it in
/// tests of their own.
@Tag("kernel")
@Timeout(600)
class MacAddressTest {
    private static final String MAC = "02:00:00:00:00:77";

    @TempDir private static Path work;
    private static NodeNamespace node;
    private static Installation installation;
    private static DaemonProcess daemon;

    @BeforeAll
    static void boot() {
        node = NodeNamespace.create();
        installation = new Installation(node, work);
        installation.configure(
                """
                manifests: %s
                cniConfigDirectory: %s
                defaultNetwork: {"cniVersion": "1.1.0", "name": "primary", "type": "bridge", "bridge": "primary",
                  "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.40.0.0/24"}]]}}
                """
                        .formatted(installation.manifests(), work.resolve("net.d")));
        for (String command :
                new String[] {
                    "ip link add a0 type veth peer name a1",
                    "ip link set a0 up",
                    "ip link set a1 up",
                    "ip link add own0 index 5000 link a1 type macvlan mode bridge"
                }) {
            node.run(command.split(" "));
        }
        daemon = installation.start();
    }

    @AfterAll
    static void shutDown() {
        daemon.close();
        node.close();
    }

    /// Asks for the address on a network of some plugins; IPAM and capability stand for themselves.
    private static Answer add(String name, String plugins, PodNetns pod) {
        String list =
                plugins.replace(
                                "IPAM",
                                "\"ipam\": {\"type\": \"static\", \"addresses\": [{\"address\": \"10.41.0.5/24\", \"gateway\": \"10.41.0.1\"}]}")
                        .replace("HEARS", "\"capabilities\": {\"mac\": true}");
        installation.network(
                name,
                "{\"cniVersion\": \"1.0.0\", \"name\": \"%s\", \"plugins\": [%s]}"
                        .formatted(name, list));
        installation.pod(name, "[{\"name\": \"%s\", \"mac\": \"%s\"}]".formatted(name, MAC));
        return call("ADD", pod);
    }

    private static Answer call(String command, PodNetns pod) {
        return installation.call(Call.of(command, pod.name(), pod.path()).pod("core", pod.name()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    bridge  | {"type": "bridge", "bridge": "m0", HEARS, IPAM}
                    ptp     | {"type": "ptp", HEARS, IPAM}
                    macvlan | {"type": "macvlan", "master": "a0", HEARS, IPAM}
                    tuning  | {"type": "macvlan", "master": "a0", IPAM}, {"type": "tuning", HEARS}
                    lent    | {"type": "host-device", "device": "own0", IPAM}, {"type": "tuning", HEARS}
                    sbr     | {"type": "macvlan", "master": "a0", IPAM}, {"type": "sbr", HEARS}
                    """)
    void itIsTheLinks(String name, String plugins) {
        try (PodNetns pod = PodNetns.create(node, name)) {
            Answer added = add(name, plugins, pod);

            assertThat(added.code()).as(added.output()).isZero();
            assertThat(pod.run("ip", "link", "show", "net1")).contains("link/ether " + MAC);
            assertThat(call("CHECK", pod).output()).isEmpty();
            assertThat(call("DEL", pod).output()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ipvlan      | {"type": "ipvlan", "master": "a0", HEARS, IPAM} | ask for none
                    passthru    | {"type": "macvlan", "master": "a0", "mode": "passthru", HEARS, IPAM} | ask for none
                    host-device | {"type": "host-device", "device": "own0", HEARS, IPAM} | ask for none
                    nobody      | {"type": "macvlan", "master": "a0", IPAM} | declares the capability "mac"
                    """)
    void itIsRefused(String name, String plugins, String reason) {
        try (PodNetns pod = PodNetns.create(node, name)) {
            Answer refused = add(name, plugins, pod);

            assertThat(refused.code()).as(refused.output()).isEqualTo(7);
            assertThat(refused.message()).contains(MAC, reason);
            assertThat(pod.run("ip", "-br", "link")).doesNotContain("net1");
            assertThat(call("DEL", pod).output()).isEmpty();
        }
    }
}
