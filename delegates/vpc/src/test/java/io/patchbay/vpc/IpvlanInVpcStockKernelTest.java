package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// ipvlan links on interfaces of their own, beside a primary interface of the VPC.
@Tag("stock-kernel")
@Timeout(600)
class IpvlanInVpcStockKernelTest extends OnGrowingVpc {
    private static final String SIGNAL =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"signal\", \"type\": \"ipvlan\", \"master\": \"eth1\", \"ipam\": {\"type\": \"vpc\"}}";
    private static final int TRIES = 10;

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16")
                .subnet("10.0.0.0/24")
                .subnet("10.0.1.0/24")
                .instanceType("m5.large");
    }

    private SimulatedEni eth1(String node) {
        return cloud.vpc().node(node).enis().get(1);
    }

    /// As a runtime does, for as long as it is told to try again: EC2's first answer is slow here.
    private static List<AttachedNetwork> add(VpcNode node, RigPod pod) {
        for (int tried = 1; ; tried++) {
            try {
                return node.rig().add(pod, VpcNode.CONFIG, SIGNAL);
            } catch (CniException e) {
                node.rig().del(pod);
                if (e.code() != Standard.TRY_AGAIN_LATER || tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static InetAddress signal(List<AttachedNetwork> attached) {
        return VpcNode.address(attached.getLast());
    }

    @Test
    void podsOfTwoNodesReachEachOtherByLinksOnSecondInterfacesAndAnUnassignedAddressDies() {
        try (VpcNode a = cloud.bootWithUnmanaged("a", 1);
                VpcNode b = cloud.bootWithUnmanaged("b", 0);
                RigPod first = new RigPod("first");
                RigPod second = new RigPod("second");
                RigPod far = new RigPod("far")) {
            List<InetAddress> byHand = eth1("a").secondaries();
            List<AttachedNetwork> one = add(a, first);
            List<AttachedNetwork> two = add(a, second);
            List<AttachedNetwork> three = add(b, far);

            assertThat(byHand).containsExactly(signal(one));
            assertThat(eth1("a").secondaries()).containsExactlyInAnyOrder(signal(one), signal(two));
            for (List<AttachedNetwork> near : List.of(one, two)) {
                assertThat(VpcNode.reaches(far, signal(near), "-I", "net1")).isTrue();
            }
            for (RigPod near : List.of(first, second)) {
                assertThat(VpcNode.reaches(near, signal(three), "-I", "net1")).isTrue();
            }
            assertThat(VpcNode.reaches(first, signal(two), "-I", "net1")).isTrue();
            assertThat(VpcNode.reaches(first, VpcNode.address(three.getFirst()), "-I", "eth0"))
                    .isTrue();
            assertThat(cloud.vpc().dropped()).isEqualTo(Dropped.NONE);
            assertThat(a.rig().witness().run("ip", "-j", "address", "show", "eth1"))
                    .doesNotContain("10.0.1.");

            first.witness().run("ip", "address", "add", "10.0.1.99/24", "dev", "net1");
            assertThat(VpcNode.reaches(first, signal(three), "-I", "10.0.1.99", "-w", "3"))
                    .isFalse();
            assertThat(cloud.vpc().dropped().foreignSource()).isPositive();

            a.rig().check(second);
            assertThat(a.rig().restart()).isEmpty();
            a.rig().check(second);
            assertThat(VpcNode.reaches(far, signal(two), "-I", "net1")).isTrue();
            List.of(first, second).forEach(a.rig()::del);
            b.rig().del(far);
        }
    }

    @Test
    void aLinkOnAnInterfaceOfThePoolHasAnAddressThatNoOtherPodGets() {
        try (VpcNode a = cloud.bootWithLinks("a", 3);
                VpcNode b = cloud.bootWithUnmanaged("b", 1);
                RigPod near = new RigPod("near");
                RigPod other = new RigPod("other");
                RigPod greedy = new RigPod("greedy");
                RigPod far = new RigPod("far")) {
            List<AttachedNetwork> here = add(a, near);
            List<AttachedNetwork> there = add(b, far);
            assertThat(eth1("a").secondaries()).contains(signal(here));
            assertThat(a.add(other)).isNotEqualTo(signal(here));
            assertThat(VpcNode.reaches(near, signal(there), "-I", "net1")).isTrue();
            assertThat(VpcNode.reaches(far, signal(here), "-I", "net1")).isTrue();
            assertThat(a.rig().witness().run("ip", "-j", "rule"))
                    .doesNotContain("\"" + Cidr.text(signal(here)) + "\"");

            assertThat(a.rig().restart()).isEmpty();
            a.rig().check(near);
            assertThat(VpcNode.reaches(far, signal(here), "-I", "net1")).isTrue();
            assertThatThrownBy(() ->
                            a.rig()
                                    .add(
                                            greedy,
                                            VpcNode.CONFIG,
                                            SIGNAL.replace("ipvlan", "host-device")
                                                    .replace("master", "device")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll(eth1("a").id(), "no_manage");
            List.of(near, other, greedy).forEach(a.rig()::del);
            b.rig().del(far);
        }
    }
}
