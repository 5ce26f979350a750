package io.patchbay.vpc;

import static io.patchbay.vpc.VpcNode.CONFIG;
import static io.patchbay.vpc.VpcNode.reaches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scarcity, failure, restart and refusal, on the real kernel and a simulated VPC.
@Tag("kernel")
class VpcLifeKernelTest {
    private static final NetworkConfig<VpcConfig> NETWORK =
            new NetworkConfig<>("pods", Networks.plain());

    @TempDir Path state;

    private final SimulatedVpc vpc = SimulatedVpc.open();

    @AfterEach
    void close() {
        vpc.close();
    }

    @Test
    void twoAttachmentsOfOnePodLeaveNothingEither() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1, 1)) {
            new FaultSweep(node.rig(), CONFIG, CONFIG.replace("pods", "more")).everyCallFailsOnce();
        }
    }

    @Test
    void delWithoutTheNamespaceLeavesNothingOnTheNode() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 0, 1)) {
            Snapshot before = node.rig().snapshot();
            RigPod pod = new RigPod("pod");
            node.add(pod);
            pod.close();
            node.rig().delWithoutNamespace(pod);
            node.rig().delWithoutNamespace(pod);
            assertThat(node.rig().snapshot().since(before)).isEmpty();
        }
    }

    @Test
    void whenNothingIsFreeTheCloudIsAskedOnceMore() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1);
                RigPod first = new RigPod("first");
                RigPod second = new RigPod("second")) {
            node.add(first);
            assertRefused(
                    () -> node.add(second),
                    Standard.TRY_AGAIN_LATER,
                    node.node().primary().id() + " (device 0) has 1 assigned and 0 cooling of 1");
            InetAddress more = vpc.assign(node.node().primary().id(), 1).getFirst();
            assertThat(node.add(second)).isEqualTo(more);
        }
    }

    @Test
    void anInterfaceThatWasAttachedMeanwhileIsSetUpBeforeItsAddressesAreGiven() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 0);
                RigPod pod = new RigPod("pod")) {
            InetAddress late = vpc.attach("a", 1).secondaries().getFirst();
            assertThat(node.add(pod)).isEqualTo(late);
            assertThat(reaches(pod, vpc.internet())).isTrue();
        }
    }

    @Test
    void anAddressCoolsAcrossARestart() {
        try (VpcNode node = VpcNode.bootWithCooldown(3600, vpc, state, "a", 1);
                RigPod first = new RigPod("first");
                RigPod second = new RigPod("second")) {
            node.add(first);
            node.rig().del(first);
            assertRefused(() -> node.add(second), Standard.TRY_AGAIN_LATER, "the next is free in");
            assertThat(node.rig().restart()).isEmpty();
            assertRefused(() -> node.add(second), Standard.TRY_AGAIN_LATER, "1 cooling of 1");
        }
    }

    @Test
    void anAddAgainstTheOddsDoesNotBurnAddresses() {
        try (VpcNode node = VpcNode.bootWithCooldown(3600, vpc, state, "a", 1);
                RigPod pod = new RigPod("pod")) {
            String broken = CONFIG.replace("}", ", \"mtu\": 65535}");
            pod.witness().run("ip", "route", "add", "blackhole", "169.254.1.1/32");
            assertThatThrownBy(() -> node.rig().add(pod, broken)).isNotNull();
            pod.witness().run("ip", "route", "delete", "blackhole", "169.254.1.1/32");
            assertThat(node.add(pod)).isEqualTo(node.secondary(0, 0));
        }
    }

    @Test
    void aLinkOfTheSameNameIsRefusedAndNotDeleted() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1);
                RigPod pod = new RigPod("pod")) {
            String name =
                    node.rig().add(pod, CONFIG).getFirst().result().interfaces().getFirst().name();
            node.rig().del(pod);
            node.rig().witness().run("ip", "link", "add", name, "type", "bridge");
            assertRefused(() -> node.add(pod), Standard.TRY_AGAIN_LATER, "link " + name);
            assertThat(new Witnessed(node.rig().witness()).link(name).path("ifname").asText())
                    .isEqualTo(name);
        }
    }

    @Test
    void anAddressThatAnotherPluginRoutesIsNotGiven() {
        NodeRig rig = VpcNode.unstarted(state.resolve("a"), 0);
        try (VpcNode node = new VpcNode(rig, vpc.node("a", rig.host(), 2));
                RigPod pod = new RigPod("pod")) {
            String taken = Cidr.text(node.secondary(0, 0));
            rig.witness().run("ip", "link", "add", "other0", "type", "bridge");
            rig.witness().run("ip", "link", "set", "other0", "up");
            rig.witness().run("ip", "route", "add", taken, "dev", "other0");
            rig.start();
            assertThat(node.add(pod)).isEqualTo(node.secondary(0, 1));
        }
    }

    @Test
    void rulesThatAFormerPluginLeftForAFreeAddressAreDropped() {
        NodeRig rig = VpcNode.unstarted(state.resolve("a"), 0);
        try (VpcNode node = new VpcNode(rig, vpc.node("a", rig.host(), 1))) {
            String free = Cidr.text(node.secondary(0, 0));
            String foreign = "10.9.9.9";
            for (String address : List.of(free, foreign)) {
                rig.witness()
                        .run("ip", "rule", "add", "pref", "512", "to", address, "table", "main");
                rig.witness()
                        .run("ip", "rule", "add", "pref", "1536", "from", address, "table", "7");
            }
            rig.start();
            assertThat(new Witnessed(rig.witness()).rules())
                    .containsExactly(
                            "512 from all to 10.9.9.9 table 254",
                            "1536 from 10.9.9.9 to all table 7");
        }
    }

    @Test
    void checkNamesWhatIsMissing() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 0, 1);
                RigPod pod = new RigPod("pod")) {
            String address = Cidr.text(node.add(pod));
            node.rig().check(pod);
            node.rig().witness().run("ip", "rule", "delete", "priority", "1536");
            assertThatThrownBy(() -> node.rig().check(pod))
                    .hasMessageContaining("rule 1536 from " + address + "/32 to table 2");
            node.rig()
                    .witness()
                    .run("ip", "rule", "add", "priority", "1536", "from", address, "table", "2");
            node.rig().check(pod);
            pod.witness().run("ip", "neigh", "flush", "nud", "permanent", "dev", "eth0");
            assertThatThrownBy(() -> node.rig().check(pod))
                    .hasMessageContaining("permanent neighbour 169.254.1.1");
        }
    }

    @Test
    void gcTakesBackWhatNoSandboxOwns() {
        try (VpcNode node = VpcNode.bootWithCooldown(3600, vpc, state, "a", 0, 2);
                RigPod kept = new RigPod("kept");
                RigPod lost = new RigPod("lost")) {
            node.add(kept);
            String address = Cidr.text(node.add(lost));
            delegate(node).gc(NETWORK, Set.of(new AttachmentId("kept", "pods", "eth0")));
            assertThat(new Witnessed(node.rig().witness()).rules())
                    .noneMatch(rule -> rule.contains(address))
                    .hasSize(3);
            Table addresses = delegate(node).tables().get(1);
            assertThat(addresses.rows())
                    .extracting(row -> row.get(2) + " " + row.get(4))
                    .containsExactly("assigned kept", "cooling lost");
        }
    }

    @Test
    void statusTellsWhyNoPodCanGetAnAddress() {
        NodeRig rig = VpcNode.unstarted(state.resolve("a"), 0);
        try (VpcNode node = new VpcNode(rig, vpc.node("b", rig.host(), 0))) {
            rig.witness().run("ip", "link", "set", "eth0", "down");
            rig.start();
            assertRefused(
                    () -> delegate(node).status(NETWORK),
                    Standard.UNAVAILABLE,
                    "the instance metadata service gave no answer");
        }
        try (VpcNode node = VpcNode.boot(vpc, state, "c", 0)) {
            assertRefused(
                    () -> delegate(node).status(NETWORK),
                    Standard.UNAVAILABLE,
                    "no secondary address is assigned");
        }
    }

    @Test
    void aFullNodeIsNotABrokenOne() {
        try (VpcNode node = VpcNode.boot(vpc, state, "a", 1);
                RigPod pod = new RigPod("pod")) {
            node.add(pod);
            delegate(node).status(NETWORK);
        }
    }

    @SuppressWarnings("unchecked")
    private static Delegate<VpcConfig> delegate(VpcNode node) {
        return (Delegate<VpcConfig>) node.rig().delegates().find("vpc").orElseThrow();
    }

    private static void assertRefused(ThrowingCallable call, Standard code, String words) {
        assertThatThrownBy(call)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        CniException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
