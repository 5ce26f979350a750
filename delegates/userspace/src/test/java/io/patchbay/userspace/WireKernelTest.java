package io.patchbay.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class WireKernelTest {
    @TempDir private Path work;
    private PaperKubelet paper;
    private NodeRig node;

    @BeforeEach
    void boot() throws IOException {
        paper = new PaperKubelet(Files.createDirectory(work.resolve("kubelet")));
        var settings = Json.decodeObject("settings", paper.settings());
        node =
                new NodeRig(
                        Files.createDirectory(work.resolve("state")),
                        List.of(new VhostUserProvider(), new MemifProvider()),
                        Map.of("vhost-user", settings, "memif", settings),
                        paper.hardware());
        node.start();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static String vhost(String mode, String... keys) {
        return network("vhost-user", "\"mode\": \"" + mode + "\"", keys);
    }

    private static String memif(String role, String... keys) {
        return network("memif", "\"role\": \"" + role + "\"", keys);
    }

    private static String network(String type, String end, String... keys) {
        return """
        {"cniVersion": "1.1.0", "name": "plane-%s", "type": "%s", %s%s%s}
        """
                .formatted(type, type, end, keys.length == 0 ? "" : ", ", String.join(", ", keys));
    }

    private AttachedNetwork add(RigPod pod, String network) {
        return node.add(pod, network).getFirst();
    }

    private void assertRefused(Standard code, RigPod pod, String network, String... words) {
        Snapshot before = node.snapshot();
        assertThatThrownBy(() -> node.add(pod, network))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(words)
                .extracting(thrown -> ((CniException) thrown).code())
                .isEqualTo(code);
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    private String onNode(String script) {
        String mounts = node.path().replace("ns/net", "ns/mnt");
        return Witness.here()
                .run("nsenter", "--mount=" + mounts, "--", "sh", "-ec", script)
                .strip();
    }

    private Path mountPoint(RigPod pod) {
        return paper.volume(pod.containerId()).resolve("eth0");
    }

    @Test
    void twoPodsOfOneWireHaveOneDirectoryUntilTheLastLeaves() {
        String keys = "\"wire\": \"patch\", \"volume\": \"data\"";
        try (RigPod server = new RigPod("server");
                RigPod client = new RigPod("client")) {
            Snapshot before = node.snapshot();
            assertThat(add(server, vhost("server", keys)).device())
                    .contains(
                            new DeviceInfo.VhostUser(
                                    "server", "/var/run/patchbay/eth0/vhost.sock"));
            add(client, vhost("client", keys));
            onNode("touch " + mountPoint(server) + "/vhost.sock");
            assertThat(onNode("ls " + mountPoint(client))).isEqualTo("vhost.sock");
            node.check(server);
            node.check(client);
            node.del(server);
            assertThat(onNode("ls " + mountPoint(client))).isEqualTo("vhost.sock");
            assertThat(node.restart()).isEmpty();
            node.check(client);
            add(server, vhost("server", keys));
            assertThat(onNode("ls " + mountPoint(server))).isEqualTo("vhost.sock");
            node.del(client);
            node.del(server);
            assertThat(node.snapshot().since(before)).isEmpty();
        }
    }

    @Test
    void whoCannotBeOnAWireBesideAnotherIsToldWhomItMeets() {
        String wire = "\"wire\": \"patch\"";
        try (RigPod first = new RigPod("first");
                RigPod second = new RigPod("second");
                RigPod third = new RigPod("third")) {
            add(first, vhost("server", wire));
            assertRefused(
                    Standard.TRY_AGAIN_LATER,
                    second,
                    vhost("server", wire),
                    "wire patch",
                    "eth0 of pod rig/first",
                    "eth0 of pod rig/second",
                    "\"mode\": \"server\"");
            assertRefused(
                    Standard.TRY_AGAIN_LATER,
                    second,
                    vhost("client", wire, "\"directoryMode\": \"0777\""),
                    "mode 0770",
                    "mode 0777");
            add(second, vhost("client", wire));
            assertRefused(
                    Standard.TRY_AGAIN_LATER,
                    third,
                    vhost("client", wire),
                    "eth0 of pod rig/second",
                    "one end alone connects");
            node.del(second);
            add(third, vhost("client", wire));
        }
    }

    @Test
    void aMemifSocketHasOneMasterAndSlavesWithIdsOfTheirOwn() {
        String wire = "\"wire\": \"patch\"";
        try (RigPod master = new RigPod("master");
                RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            add(master, memif("master", wire));
            add(one, memif("slave", wire));
            assertRefused(
                    Standard.TRY_AGAIN_LATER,
                    two,
                    memif("slave", wire),
                    "eth0 of pod rig/one",
                    "interface 0",
                    "\"id\"");
            assertRefused(
                    Standard.TRY_AGAIN_LATER,
                    two,
                    memif("slave", wire, "\"id\": 1", "\"mode\": \"ip\""),
                    "ethernet",
                    "ip");
            add(two, memif("slave", wire, "\"id\": 1"));
        }
    }

    @Test
    void aPodWithoutAVolumeIsToldTheDirectoryOfTheNode() {
        try (RigPod pod = new RigPod("pod")) {
            AttachedNetwork attached = add(pod, memif("slave"));
            String socket = attached.result().interfaces().getFirst().socketPath().orElseThrow();
            assertThat(socket).startsWith(paper.wires() + "/eth0~").endsWith("/memif.sock");
            assertThat(attached.device())
                    .contains(new DeviceInfo.Memif("slave", socket, "ethernet", 0));
            assertThat(Path.of(socket).getParent()).isDirectory();
        }
    }

    @Test
    void theDirectoryGoesWithAllThatThePodPutIntoIt() {
        try (RigPod pod = new RigPod("pod")) {
            Snapshot before = node.snapshot();
            add(pod, vhost("server", "\"volume\": \"data\""));
            onNode(
                    """
                    mkdir %s/precious; touch %s/precious/file; cd %s
                    ln -s %s/precious link; mkdir -p deep/er; touch deep/er/file
                    """
                            .formatted(work, work, mountPoint(pod), work));
            node.del(pod);
            assertThat(node.snapshot().since(before)).isEmpty();
            assertThat(work.resolve("precious/file")).exists();
        }
    }

    /// A pod that has not got the mount, or took it away for itself, can move what is below.
    @Test
    void aMountIsTakenAwayThoughThePodMovedItsPlace() {
        try (RigPod pod = new RigPod("pod")) {
            add(pod, vhost("server", "\"volume\": \"data\""));
            String place = mountPoint(pod).toString();
            onNode("unshare -m sh -ec 'umount %s; mv %s %s-moved'".formatted(place, place, place));
            assertThat(onNode("findmnt -n -o TARGET " + place + "-moved")).isNotEmpty();
            assertThatThrownBy(() -> node.check(pod)).hasMessageContaining(place);
            node.del(pod);
            assertThat(onNode("cat /proc/self/mountinfo")).doesNotContain("eth0");
        }
    }

    @Test
    void aPodThatPutSomethingElseInThePlaceIsRefusedAndItStays() {
        String network = vhost("server", "\"volume\": \"data\"");
        try (RigPod pod = new RigPod("pod")) {
            onNode(
                    "mkdir -p %s; ln -s /etc %s"
                            .formatted(mountPoint(pod).getParent(), mountPoint(pod)));
            assertRefused(
                    Standard.INVALID_NETWORK_CONFIG,
                    pod,
                    network,
                    mountPoint(pod).toString(),
                    "rig/pod");
            assertThat(mountPoint(pod)).isSymbolicLink();
        }
    }

    @Test
    void aSocketsPathIsNoLongerThanAKernelTakes() {
        try (RigPod pod = new RigPod("pod")) {
            String file = "x".repeat(63);
            assertRefused(
                    Standard.INVALID_NETWORK_CONFIG,
                    pod,
                    vhost(
                            "server",
                            "\"volume\": \"data\"",
                            "\"wire\": \"w\"",
                            "\"mountPath\": \"/%s\"".formatted("y".repeat(95))),
                    "has 112 octets",
                    "107");
            assertRefused(
                    Standard.INVALID_NETWORK_CONFIG,
                    pod,
                    vhost(
                            "server",
                            "\"wire\": \"%s\"".formatted(file),
                            "\"socketFile\": \"%s\"".formatted(file)),
                    "octets",
                    "107");
        }
    }

    @Test
    void aVolumeThatThePodHasNotIsRefused() {
        try (RigPod pod = new RigPod("pod")) {
            assertRefused(
                    Standard.INVALID_NETWORK_CONFIG,
                    pod,
                    vhost("server", "\"volume\": \"other\""),
                    "\"volume\" is \"other\"",
                    "rig/pod");
        }
    }
}
