package io.patchbay.e2e.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.patchbay.dpdk.pod.PodDevices;
import io.patchbay.dpdk.pod.PodPlaces;
import io.patchbay.e2e.Await;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two pods back to back on a wire, with dpdk-testpmd in each, by the installed daemon.
@Tag("kernel")
class WireTest {
    /// The flag of a socket that listens, and a socket of a wire (fs/proc, net/unix/af_unix.c).
    private static final Predicate<String> LISTENS =
            Pattern.compile(" 00010000 .*/net1/[a-z]+[.]sock").asPredicate();

    /// A server of virtio-user has no port before somebody connects, one of memif is to have its
    /// port by then: a client that comes before is lost, and does not try again.
    private static final Manners VHOST_USER =
            new Manners((pod, _) -> awaitSocket(pod), _ -> {}, _ -> {});

    private static final Manners MEMIF =
            new Manners(
                    (_, server) -> server.awaitPort(),
                    Application::rest,
                    Application::connectAgain);

    /// What an application does for the other end's sake.
    ///
    /// @param settle until a server can be found
    /// @param beware while its peer is about to die
    /// @param reconnect once its server died
    private record Manners(
            BiConsumer<Pod, Application> settle,
            Consumer<Application> beware,
            Consumer<Application> reconnect) {}

    @TempDir private Path work;
    private WireNode wires;
    private NodeNamespace node;
    private Installation installation;
    private DaemonProcess daemon;

    @BeforeEach
    void boot() {
        wires = WireNode.create(work);
        node = wires.node();
        installation = wires.installation();
        wires.network("vhost-server", "\"type\": \"vhost-user\", \"mode\": \"server\"");
        wires.network("vhost-client", "\"type\": \"vhost-user\", \"mode\": \"client\"");
        wires.network("memif-master", "\"type\": \"memif\", \"role\": \"master\", \"id\": 3");
        wires.network("memif-slave", "\"type\": \"memif\", \"role\": \"slave\", \"id\": 3");
        daemon = installation.start();
    }

    @AfterEach
    void shutDown() {
        daemon.close();
        wires.close();
    }

    /// Dies as by SIGKILL, and another comes.
    private void replaceDaemon() {
        daemon.kill();
        daemon = installation.start();
    }

    private static String networks(Pod pod) throws IOException {
        JsonNode status = new YAMLMapper().readTree(pod.status().toFile());
        return status.findValue("k8s.v1.cni.cncf.io/network-status").asText();
    }

    private static JsonNode device(Pod pod) throws IOException {
        return new YAMLMapper().readTree(networks(pod)).get(1).path("device-info");
    }

    /// What a container of the pod makes of it.
    private PodDevices devices(Pod pod) throws IOException {
        Path told = Files.writeString(work.resolve("status-of-" + pod.name()), networks(pod));
        return PodDevices.read(PodPlaces.ofThisProcess().withAnnotations(told));
    }

    private static void add(Pod pod) {
        Answer added = pod.call("ADD");
        assertThat(added.code()).as(added.output()).isZero();
    }

    private static void del(Pod pod) {
        assertThat(pod.call("DEL").output()).isEmpty();
    }

    @Test
    void vhostUserCarriesFramesWhateverEndOrDaemonDies() throws IOException {
        try (Pod one = wires.pod("one", "vhost-server");
                Pod two = wires.pod("two", "vhost-client")) {
            Snapshot before = wires.snapshot();
            add(one);
            add(two);
            assertThat(device(one).path("vhost-user").path("mode").asText()).isEqualTo("server");
            String server = devices(one).port("vhost-server").devargs();
            String client =
                    devices(two).serving(List.of("vhost-client")).port("vhost-client").devargs();
            exchange(one, server, two, client, VHOST_USER);
            del(one);
            del(two);
            assertThat(wires.snapshot().since(before)).isEmpty();
        }
    }

    @Test
    void memifCarriesFramesWhateverEndOrDaemonDies() throws IOException {
        try (Pod one = wires.pod("one", "memif-master");
                Pod two = wires.pod("two", "memif-slave")) {
            Snapshot before = wires.snapshot();
            add(one);
            add(two);
            assertThat(device(one).path("memif").path("role").asText()).isEqualTo("master");
            assertThat(device(one).path("memif").path("id").asInt()).isEqualTo(3);
            String server = devices(one).port("memif-master").devargs();
            String client = devices(two).port("memif-slave").devargs();
            assertThat(List.of(server, client)).allMatch(port -> port.contains(",id=3"));
            exchange(one, server, two, client, MEMIF);
            del(one);
            del(two);
            assertThat(wires.snapshot().since(before)).isEmpty();
        }
    }

    private void exchange(Pod one, String server, Pod two, String client, Manners manners) {
        try (Application left = listening(one, server, manners);
                Application right = Application.start(two, client)) {
            both(left, right);
            replaceDaemon();
            both(left, right);
            assertThat(one.call("CHECK").output()).isEmpty();
            assertThat(two.call("CHECK").output()).isEmpty();
            manners.beware().accept(right);
            left.kill();
            // What a dead server left is its successor's to remove.
            one.run("sh", "-c", "rm -f %s/net1/*.sock".formatted(Pod.MOUNT_PATH));
            try (Application again = listening(one, server, manners)) {
                manners.reconnect().accept(right);
                both(again, right);
                manners.beware().accept(again);
                right.kill();
                try (Application other = Application.start(two, client)) {
                    both(again, other);
                }
            }
        }
    }

    /// A server that clients find: some try to connect only once.
    private static Application listening(Pod pod, String server, Manners manners) {
        Application application = Application.start(pod, server);
        manners.settle().accept(pod, application);
        return application;
    }

    private static void awaitSocket(Pod pod) {
        Await.until("a server's socket", () -> LISTENS.test(pod.run("cat", "/proc/net/unix")));
    }

    private static void both(Application left, Application right) {
        left.awaitLink();
        right.awaitLink();
        left.listen();
        right.listen();
        left.send(right);
        right.send(left);
    }

    @Test
    void whatCannotBeIsRefusedByTheOneWhoWouldHaveToMendIt() {
        wires.network(
                "long",
                "\"type\": \"vhost-user\", \"mode\": \"server\"",
                "\"volume\": \"sockets\", \"mountPath\": \"/%s\"".formatted("x".repeat(100)));
        wires.network("volume", "\"type\": \"memif\", \"role\": \"slave\"", "\"volume\": \"none\"");
        wires.network("mode", "\"type\": \"vhost-user\", \"mode\": \"both\"");
        wires.network("key", "\"type\": \"memif\", \"role\": \"slave\", \"secret\": \"x\"");
        try (Pod first = wires.pod("first", "vhost-server")) {
            add(first);
            Snapshot before = wires.snapshot();
            assertRefused("second", "vhost-server", 11, "wire patch", "core/first", "core/second");
            assertRefused("long", "long", 7, "107", "xxx/net1/vhost.sock");
            assertRefused("volume", "volume", 7, "\"none\"", "core/volume");
            assertRefused("mode", "mode", 7, "\"mode\"", "\"both\"");
            assertRefused("key", "key", 2, "secret");
            node.run(
                    "find",
                    "/var/lib/kubelet/pods",
                    "-maxdepth",
                    "1",
                    "-mindepth",
                    "1",
                    "!",
                    "-name",
                    "uid-of-first",
                    "-exec",
                    "rm",
                    "-r",
                    "{}",
                    "+");
            assertThat(wires.snapshot().since(before)).isEmpty();
            del(first);
        }
    }

    private void assertRefused(String name, String network, int code, String... words) {
        try (Pod pod = wires.pod(name, network)) {
            Answer refused = pod.call("ADD");
            assertThat(refused.code()).as(refused.output()).isEqualTo(code);
            assertThat(refused.message()).contains(words);
            del(pod);
        }
    }

    /// A container that was there before, or is privileged, can put anything into the volume.
    @Test
    void aHostilePodGetsNoOtherDirectoryMountedNorRemoved() {
        try (Pod pod = wires.pod("hostile", "vhost-server")) {
            String place = pod.volume() + "/net1";
            node.run("mkdir", "-p", "/var/precious");
            node.run("touch", "/var/precious/file");
            node.run("ln", "-s", "/var/precious", place);
            Answer refused = pod.call("ADD");
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.message()).contains(place);
            del(pod);
            node.run("rm", place);

            add(pod);
            assertThat(pod.run("stat", "-c", "%i", Pod.MOUNT_PATH + "/net1"))
                    .isEqualTo(
                            node.run("stat", "-c", "%i", WireNode.WIRES + "/vhost-user/patch")
                                    .strip());
            // Without the mount it is a directory like any other.
            node.run(
                    "unshare",
                    "--mount",
                    "sh",
                    "-ec",
                    "umount %1$s; mv %1$s %1$s.away; ln -s /var/precious %1$s".formatted(place));
            assertThat(node.run("cat", "/proc/self/mountinfo")).contains("net1.away");
            pod.run("sh", "-c", "ln -s /var/precious %s/net1.away/link".formatted(Pod.MOUNT_PATH));
            del(pod);
            assertThat(node.run("cat", "/proc/self/mountinfo")).doesNotContain("net1.away");
            assertThat(node.run("ls", WireNode.WIRES + "/vhost-user")).isEmpty();
            assertThat(node.run("ls", "/var/precious").strip()).isEqualTo("file");
        }
    }
}
