package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks of macvlan, tuning and sbr, as their definitions are written for the reference plugins,
/// by the installed daemon.
@Tag("kernel")
class ChainTest {
    private static final List<String> CABLES =
            List.of(
                    "ip link add a0 type veth peer name a1 netns router",
                    "ip link add b0 type veth peer name b1 netns router",
                    "ip link set a0 up",
                    "ip link set b0 up");
    private static final List<String> ROUTER =
            List.of(
                    "ip link set a1 up",
                    "ip link set b1 up",
                    "ip address add 10.7.0.1/24 dev a1",
                    "ip address add 10.8.0.1/24 dev b1",
                    "ip address add 192.0.2.1/32 dev lo",
                    "nft add table inet guard",
                    "nft add chain inet guard in { type filter hook prerouting priority -300 ; }",
                    "nft add rule inet guard in iifname a1 ip saddr 10.8.0.0/24 drop",
                    "nft add rule inet guard in iifname b1 ip saddr 10.7.0.0/24 drop");

    @TempDir private Path work;
    private NodeNamespace node;
    private Installation installation;
    private PodNetns router;
    private DaemonProcess daemon;

    @BeforeEach
    void boot() {
        node = NodeNamespace.create();
        installation = new Installation(node, work);
        installation.configure(
                """
                manifests: %s
                cniConfigDirectory: %s
                defaultNetwork: {"cniVersion": "1.1.0", "name": "primary", "type": "bridge", "bridge": "primary",
                  "isDefaultGateway": true,
                  "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.40.0.0/24"}]]}}
                delegates:
                  tuning:
                    allowlist: ["^net\\\\.ipv4\\\\.conf\\\\.IFNAME\\\\."]
                """
                        .formatted(installation.manifests(), work.resolve("net.d")));
        network("a", 7, "net.ipv4.conf.IFNAME.arp_filter");
        network("b", 8, "net.ipv4.conf.IFNAME.arp_filter");
        network("forbidden", 9, "net.core.somaxconn");
        router = PodNetns.create(node, "router");
        CABLES.forEach(command -> node.run(command.split(" ")));
        ROUTER.forEach(command -> router.run(command.split(" ")));
        daemon = installation.start();
    }

    @AfterEach
    void shutDown() {
        daemon.close();
        router.close();
        node.close();
    }

    private void network(String name, int number, String sysctl) {
        installation.network(
                name,
                """
                {"cniVersion": "1.0.0", "name": "%1$s", "plugins": [\
                {"type": "macvlan", "master": "%4$s0", "ipam": {"type": "host-local", "subnet": "10.%2$d.0.0/24"}}, \
                {"type": "tuning", "mtu": 1400, "sysctl": {"%3$s": "1"}}, \
                {"type": "sbr"}]}\
                """
                        .formatted(name, number, sysctl, name.equals("b") ? "b" : "a"));
    }

    private Answer call(String command, PodNetns pod) {
        return installation.call(Call.of(command, pod.name(), pod.path()).pod("core", pod.name()));
    }

    private Snapshot snapshot() {
        return NetworkState.take("node", Witness.in(node.netns()))
                .plus(FileState.take("state", installation.state()));
    }

    private static void assertReaches(PodNetns pod, String source) {
        assertThat(pod.attempt("ping", "-c", "1", "-w", "10", "-I", source, "192.0.2.1"))
                .extracting(Witness.Said::status)
                .as("ping from " + source)
                .isEqualTo(0);
    }

    @Test
    void aPodOfTwoNetworksIsTunedAndRoutedBySourceUntilItEnds() {
        installation.pod("first");
        try (PodNetns first = PodNetns.create(node, "first")) {
            assertThat(call("ADD", first).code()).isZero();
            assertThat(call("DEL", first).output()).isEmpty();
        }
        installation.pod("two-legs", "a,b");
        Snapshot before = snapshot();
        try (PodNetns pod = PodNetns.create(node, "two-legs")) {
            Snapshot inside = pod.snapshot();
            Answer added = call("ADD", pod);
            assertThat(added.code()).as(added.output()).isZero();

            assertThat(pod.run("ip", "link", "show", "net1")).contains("mtu 1400");
            assertThat(pod.run("cat", "/proc/sys/net/ipv4/conf/net2/arp_filter").strip())
                    .isEqualTo("1");
            assertReaches(pod, "10.7.0.2");
            assertReaches(pod, "10.8.0.2");
            assertThat(call("CHECK", pod).output()).isEmpty();

            daemon.kill();
            daemon = installation.start();
            assertThat(call("CHECK", pod).output()).isEmpty();
            pod.run("ip", "link", "set", "net1", "mtu", "1300");
            Answer changed = call("CHECK", pod);
            assertThat(changed.code()).isEqualTo(100);
            assertThat(changed.message()).contains("net1", "MTU 1400", "1300");

            assertThat(call("DEL", pod).output()).isEmpty();
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
        assertThat(snapshot().since(before)).isEmpty();
    }

    @Test
    void aSysctlThatTheNodeDoesNotAllowIsRefusedAndNothingIsLeft() {
        installation.pod("greedy", "forbidden");
        try (PodNetns pod = PodNetns.create(node, "greedy")) {
            Snapshot inside = pod.snapshot();
            Answer refused = call("ADD", pod);

            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.message()).contains("net.core.somaxconn", "not allowed");
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
    }
}
