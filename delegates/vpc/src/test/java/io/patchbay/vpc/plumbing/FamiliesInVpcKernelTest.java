package io.patchbay.vpc.plumbing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Dual-stack pods of two nodes of a VPC that drops what is not as it should be.
@Tag("kernel")
class FamiliesInVpcKernelTest {
    private final SimulatedVpc vpc =
            SimulatedVpc.open(
                    Layout.of("10.0.0.0/16", "2001:db8::/56")
                            .subnet("10.0.0.0/24")
                            .ipv6("2001:db8:0:1::/64"));

    @AfterEach
    void close() {
        vpc.close();
    }

    /// With a block of IPv6 on each of two interfaces.
    private PlumbedNode node(String name) {
        PlumbedNode node = new PlumbedNode(vpc, name, EgressPolicy.AMAZON, 1, 1);
        node.node().enis().forEach(eni -> vpc.assign(eni.id(), Order.ipv6Prefixes(1)));
        assertThat(node.network().setUp(node.enis())).hasSize(2);
        return node;
    }

    private static PlumbedPod pod(PlumbedNode node, int device) {
        InetAddress own = node.node().enis().get(device).prefixes6().getFirst().at(1);
        return node.pod(
                List.of(own, node.enis().get(device).only(Family.IPV4).addresses().getFirst()));
    }

    private static String seen(PlumbedPod pod, InetAddress internet) {
        return Calls.ask(pod.netns(), internet, Fabric.ECHO).split(" ", -1)[0];
    }

    @Test
    void theyReachEachOtherAndTheWorldByWhateverInterface() {
        try (PlumbedNode a = node("a");
                PlumbedNode b = node("b");
                PlumbedPod a0 = pod(a, 0);
                PlumbedPod a1 = pod(a, 1);
                PlumbedPod b1 = pod(b, 1)) {
            for (PlumbedPod pod : List.of(a0, a1, b1)) {
                for (PlumbedPod other : List.of(a0, a1, b1)) {
                    other.paths()
                            .ways()
                            .forEach(way -> assertThat(pod.reaches(way.address())).isTrue());
                }
                assertThat(pod.reaches(b.node().primary().primary6().orElseThrow())).isTrue();
                assertThat(seen(pod, vpc.internet6())).isEqualTo(Cidr.text(pod.address()));
            }
            assertThat(seen(a1, vpc.internet())).isEqualTo(Cidr.text(a.primary()));
            assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
            a.witness().run("ip", "-6", "rule", "del", "priority", "1536");
            assertThat(a1.reaches(vpc.internet6(), "-w1", "-W1")).isFalse();
            assertThat(vpc.dropped().foreignSource()).isPositive();
            assertThat(a.network().heal()).hasSize(1);
            assertThat(a1.reaches(vpc.internet6())).isTrue();
        }
    }
}
