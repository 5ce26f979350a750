package io.patchbay.vpc;

import static io.patchbay.vpc.VpcNode.CONFIG;
import static io.patchbay.vpc.VpcNode.reaches;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.ProcessState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.imds.ImdsMetadata;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The delegate on the real kernel and a simulated VPC, witnessed by ip(8) and ping(8).
@Tag("kernel")
class VpcKernelTest {
    @TempDir Path state;

    private final SimulatedVpc vpc = SimulatedVpc.open();

    @AfterEach
    void close() {
        vpc.close();
    }

    @Test
    void aSecondaryInterfaceGetsATableOfItsOwn() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1, 1)) {
            Witnessed host = new Witnessed(node.rig().witness());
            String own = Cidr.text(node.node().enis().get(1).primary());
            assertThat(host.addresses("eth1")).containsExactly(own + "/24");
            assertThat(host.link("eth1").path("flags").toString()).contains("\"UP\"");
            assertThat(host.rules()).containsExactly("32765 from " + own + " to all table 2");
            assertThat(host.routes("2"))
                    .containsExactlyInAnyOrder(
                            "10.0.0.1 dev eth1 scope link",
                            "default via 10.0.0.1 dev eth1 scope global");
            assertThat(host.routes("main"))
                    .containsExactlyInAnyOrder(
                            "default via 10.0.0.1 dev eth0 scope global",
                            "10.0.0.0/24 dev eth0 scope link");
            assertThat(sysctl(node, "net.ipv4.conf.eth0.rp_filter")).isEqualTo("2");
            assertThat(sysctl(node, "net.ipv4.ip_forward")).isEqualTo("1");
        }
    }

    @Test
    void readingTheCloudLeavesNoDescriptor() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1, 1)) {
            ImdsMetadata cloud =
                    new ImdsMetadata(
                            node.rig().host(),
                            URI.create("http://169.254.169.254"),
                            Duration.ofSeconds(5));
            assertThat(cloud.attached()).hasSize(2);
            ProcessState before = ProcessState.take(ProcessHandle.current().pid());
            assertThat(cloud.attached()).hasSize(2);
            assertThat(before.leaks()).noneMatch(line -> line.contains("descriptor"));
        }
    }

    @Test
    void aTokenThatTheServiceForgotIsNoTrouble() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 0);
                RigPod pod = new RigPod("pod")) {
            vpc.forgetTokens();
            InetAddress more = vpc.assign(node.node().primary().id(), 1).getFirst();
            assertThat(node.add(pod)).isEqualTo(more);
        }
    }

    private static String sysctl(VpcNode node, String key) {
        return node.rig().witness().run("sysctl", "-n", key).strip();
    }

    @Test
    void aRestartChangesNothingOfWhatIsSetUp() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1, 1, 2);
                RigPod pod = new RigPod("pod")) {
            InetAddress address = node.add(pod);
            Snapshot before = node.rig().snapshot();
            assertThat(node.rig().restart()).isEmpty();
            assertThat(node.rig().snapshot().since(before)).isEmpty();
            node.rig().check(pod);
            assertThat(reaches(pod, vpc.internet())).isTrue();
            try (RigPod other = new RigPod("other")) {
                assertThat(node.add(other)).isNotEqualTo(address);
            }
        }
    }

    @Test
    void whatANetworkManagerDidToAnInterfaceIsPutRight() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 0, 1)) {
            Snapshot before = node.rig().snapshot();
            String pods = Cidr.text(node.secondary(1, 0));
            node.rig().witness().run("ip", "address", "add", pods + "/24", "dev", "eth1");
            node.rig().witness().run("ip", "route", "flush", "table", "2");
            node.rig().witness().run("ip", "rule", "delete", "priority", "32765");
            assertThat(node.rig().snapshot().since(before)).isNotEmpty();
            assertThat(node.rig().restart()).isEmpty();
            assertThat(node.rig().snapshot().since(before)).isEmpty();
        }
    }

    @Test
    void aPodOfThePrimaryInterfaceIsOnAPointToPointLink() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1);
                RigPod pod = new RigPod("pod")) {
            AttachedNetwork attached = node.rig().add(pod, CONFIG).getFirst();
            String address = Cidr.text(node.secondary(0, 0));
            Interface near = attached.result().interfaces().get(0);
            Interface far = attached.result().interfaces().get(1);

            Witnessed host = new Witnessed(node.rig().witness());
            assertThat(host.rules()).containsExactly("512 from all to " + address + " table 254");
            assertThat(host.routes("main"))
                    .contains("%s dev %s scope link".formatted(address, near.name()));
            assertThat(host.link(near.name()).path("mtu").asInt()).isEqualTo(9001);
            assertThat(host.link(near.name()).path("address").asText())
                    .isEqualTo(near.mac().orElseThrow().toString());
            assertThat(host.link(near.name()).path("num_tx_queues").asInt()).isEqualTo(1);
            assertThat(sysctl(node, "net.ipv6.conf." + near.name() + ".disable_ipv6"))
                    .isEqualTo("1");

            Witnessed inside = new Witnessed(pod.witness());
            assertThat(inside.addresses("eth0")).containsExactly(address + "/32");
            assertThat(inside.routes("main"))
                    .containsExactlyInAnyOrder(
                            "default via 169.254.1.1 dev eth0 scope global",
                            "169.254.1.1 dev eth0 scope link");
            assertThat(inside.neighbours("eth0"))
                    .containsExactly(
                            "169.254.1.1 lladdr %s PERMANENT".formatted(near.mac().orElseThrow()));
            assertThat(inside.link("eth0").path("address").asText())
                    .isEqualTo(far.mac().orElseThrow().toString());
            assertThat(inside.link("lo").path("flags").toString()).contains("\"UP\"");
            node.rig().check(pod);
        }
    }

    @Test
    void theResultTellsBothEndsTheAddressAndTheDefaultRoute() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1);
                RigPod pod = new RigPod("pod")) {
            CniResult result = node.rig().add(pod, CONFIG).getFirst().result();
            assertThat(result.interfaces().get(0).name()).matches("eni[0-9a-f]{11}");
            assertThat(result.interfaces().get(0).sandbox()).isEmpty();
            assertThat(result.interfaces().get(1).name()).isEqualTo("eth0");
            assertThat(result.interfaces().get(1).sandbox()).isEqualTo(pod.path());
            assertThat(result.ips()).hasSize(1);
            assertThat(result.ips().getFirst().address())
                    .isEqualTo(Cidr.host(node.secondary(0, 0)));
            assertThat(result.ips().getFirst().link()).hasValue(1);
            assertThat(result.routes())
                    .extracting(route -> route.destination().toString())
                    .containsExactly("0.0.0.0/0");
        }
    }

    @Test
    void aPodOfASecondaryInterfaceLeavesByIt() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 0, 1);
                RigPod pod = new RigPod("pod")) {
            String address = Cidr.text(node.add(pod));
            assertThat(new Witnessed(node.rig().witness()).rules())
                    .containsExactlyInAnyOrder(
                            "512 from all to " + address + " table 254",
                            "1536 from " + address + " to all table 2",
                            "32765 from %s to all table 2"
                                    .formatted(Cidr.text(node.node().enis().get(1).primary())));
            assertThat(reaches(pod, vpc.internet())).isTrue();
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);

            // Without its rule it leaves by the primary interface, and the VPC does not take it.
            node.rig().witness().run("ip", "rule", "delete", "priority", "1536");
            assertThat(
                            pod.witness()
                                    .attempt("ping", "-c1", "-W1", Cidr.text(vpc.internet()))
                                    .status())
                    .isNotZero();
            assertThat(vpc.dropped().foreignSource()).isEqualTo(1);
        }
    }

    @Test
    void podsReachEachOtherWithinANodeAndAcrossNodesByWhateverInterface() {
        try (VpcNode a = VpcNode.boot(vpc, state, "a", 1, 1);
                VpcNode b = VpcNode.boot(vpc, state, "b", 1, 1);
                RigPod a0 = new RigPod("a0");
                RigPod a1 = new RigPod("a1");
                RigPod b0 = new RigPod("b0");
                RigPod b1 = new RigPod("b1")) {
            List<RigPod> pods = List.of(a0, a1, b0, b1);
            List<InetAddress> addresses = List.of(a.add(a0), a.add(a1), b.add(b0), b.add(b1));
            assertThat(addresses.get(1)).isEqualTo(a.secondary(1, 0));
            for (RigPod pod : pods) {
                assertThat(addresses)
                        .allSatisfy(address ->
                                assertThat(reaches(pod, address))
                                        .as("%s to %s", pod.containerId(), address)
                                        .isTrue());
                assertThat(reaches(pod, a.node().primary().primary())).isTrue();
                assertThat(reaches(pod, b.node().primary().primary())).isTrue();
            }
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
        }
    }

    @Test
    void aFurtherInterfaceCarriesWhatComesFromItsOwnAddress() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1, 1);
                RigPod pod = new RigPod("pod")) {
            List<AttachedNetwork> networks =
                    node.rig().add(pod, CONFIG, CONFIG.replace("pods", "more"));
            String second = Cidr.text(VpcNode.address(networks.get(1)));
            assertThat(networks.get(0).result().interfaces().getFirst().name())
                    .isNotEqualTo(networks.get(1).result().interfaces().getFirst().name());
            assertThat(networks.get(1).result().routes()).isEmpty();

            Witnessed inside = new Witnessed(pod.witness());
            assertThat(inside.routes("main"))
                    .containsExactlyInAnyOrder(
                            "default via 169.254.1.1 dev eth0 scope global",
                            "169.254.1.1 dev eth0 scope link",
                            "169.254.1.1 dev net1 scope link");
            assertThat(inside.rules()).hasSize(1);
            assertThat(inside.rules().getFirst()).startsWith("1 from " + second + " to all table ");
            assertThat(reaches(pod, vpc.internet())).isTrue();
            assertThat(reaches(pod, vpc.internet(), "-I", second)).isTrue();
            node.rig().check(pod);
            node.rig().del(pod);
            assertThat(inside.rules()).isEmpty();
        }
    }
}
