package io.patchbay.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.fabric.TestNode;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class SimulatedVpcKernelTest {
    private final TestNode a = new TestNode();
    private final TestNode b = new TestNode();
    private SimulatedVpc vpc;

    @BeforeEach
    void open() {
        vpc = SimulatedVpc.open();
    }

    @AfterEach
    void close() {
        vpc.close();
        a.close();
        b.close();
    }

    @Test
    void nodesOfOneSubnetReachEachOther() {
        vpc.node("a", a.netns(), 2);
        SimulatedNode other = vpc.node("b", b.netns(), 2);
        assertThat(a.reaches(other.primary().primary())).isTrue();
        assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
    }

    @Test
    void nodesOfTwoSubnetsReachEachOtherAndTheWorld() {
        vpc.node("a", a.netns(), 2);
        SimulatedNode other = vpc.node("b", b.netns(), Cidr.parse("10.0.1.0/24"), 2);
        assertThat(a.reaches(other.primary().primary())).isTrue();
        assertThat(a.reaches(vpc.subnets().getFirst().router())).isTrue();
        assertThat(b.reaches(vpc.internet())).isTrue();
    }

    @Test
    void anAddressWorksForAsLongAsItIsAssigned() {
        SimulatedEni eni = vpc.node("a", a.netns(), 1).primary();
        SimulatedNode other = vpc.node("b", b.netns(), 0);
        InetAddress assigned = eni.secondaries().getFirst();
        a.run("ip", "address", "add", text(assigned) + "/32", "dev", "lo");
        InetAddress target = other.primary().primary();

        assertThat(a.reaches(target, "-I", text(assigned))).isTrue();
        vpc.unassign(eni.id(), assigned);
        assertThat(a.reachesAtOnce(target, "-I", text(assigned))).isFalse();
        assertThat(vpc.dropped().foreignSource()).isEqualTo(1);
        assertThat(vpc.assign(eni.id(), 1)).containsExactly(assigned);
        assertThat(a.reaches(target, "-I", text(assigned))).isTrue();
    }

    @Test
    void anotherInterfacesAddressIsDroppedAndCounted() {
        SimulatedNode node = vpc.node("a", a.netns(), 0, 1);
        SimulatedNode other = vpc.node("b", b.netns(), 0);
        String foreign = text(node.enis().get(1).secondaries().getFirst());
        a.run("ip", "address", "add", foreign + "/32", "dev", "lo");
        assertThat(a.reachesAtOnce(other.primary().primary(), "-I", foreign)).isFalse();
        assertThat(vpc.dropped()).isEqualTo(new Dropped(1, 0, 0));
    }

    @Test
    void aFrameOfAnotherMacAddressThanTheInterfacesIsDroppedAndCounted() {
        vpc.node("a", a.netns(), 0);
        SimulatedNode other = vpc.node("b", b.netns(), 0);
        a.run("ip", "link", "set", "eth0", "address", "02:00:00:00:00:77");
        assertThat(a.reachesAtOnce(other.primary().primary())).isFalse();
        assertThat(vpc.dropped()).isEqualTo(new Dropped(0, 0, 0, 1));
    }

    @Test
    void anInterfaceAppearsAsAnInstanceSeesIt() {
        SimulatedNode node = vpc.node("a", a.netns(), 0, 3);
        assertThat(a.run("ip", "-o", "link", "show", "eth1").output())
                .contains(node.enis().get(1).mac().toString(), "mtu 9001", "state DOWN");
        assertThat(a.run("ip", "-o", "address", "show", "eth0").output())
                .contains(text(node.primary().primary()) + "/24");
        SimulatedEni late = vpc.attach("a", 2);
        assertThat(late.device()).isEqualTo(2);
        assertThat(a.run("ip", "-o", "link", "show", "eth2").output())
                .contains(late.mac().toString());
    }

    @Test
    void metadataIsEachNodesOwnAndNeedsAToken() {
        SimulatedNode node = vpc.node("a", a.netns(), 2, 1);
        vpc.node("b", b.netns(), 0);
        assertThat(
                        a.run(
                                        "curl",
                                        "-s",
                                        "-o",
                                        "/dev/null",
                                        "-w",
                                        "%{http_code}",
                                        InstanceMetadata.ROOT + "meta-data/mac")
                                .output())
                .isEqualTo("401");
        assertThat(InstanceMetadata.of(a, "meta-data/mac"))
                .isEqualTo(node.primary().mac().toString());
        assertThat(InstanceMetadata.of(b, "meta-data/mac"))
                .isNotEqualTo(node.primary().mac().toString());
        assertThat(InstanceMetadata.of(a, "meta-data/network/interfaces/macs/").lines())
                .containsExactlyElementsOf(
                        node.enis().stream().map(eni -> eni.mac() + "/").toList());
        assertThat(
                        InstanceMetadata.of(
                                        a,
                                        "meta-data/network/interfaces/macs/%s/local-ipv4s"
                                                .formatted(node.primary().mac()))
                                .lines())
                .containsExactlyElementsOf(
                        node.primary().addresses().stream().map(Cidr::text).toList());
        assertThat(InstanceMetadata.of(a, "meta-data/nothing")).isEmpty();
    }

    @Test
    void aNodeReachesEc2AndHasCredentialsForIt() {
        vpc.node("a", a.netns(), 0);
        assertThat(a.run("curl", "-s", vpc.ec2().fromNodes() + "/?Action=DescribeVpcs").output())
                .contains("<Code>AuthFailure</Code>");
        assertThat(vpc.faults().calls()).containsExactly(Map.entry("DescribeVpcs", 1L));
        assertThat(InstanceMetadata.of(a, "meta-data/iam/security-credentials/node"))
                .contains("\"AccessKeyId\" : \"ASIA", "\"Token\" : \"token");
    }

    @Test
    void aNodeThatEndsTakesItsInterfacesAndLeavesWhatIsNotToGo() {
        SimulatedNode node = vpc.node("a", a.netns(), 0, 0);
        vpc.terminate("a");
        assertThat(a.run("ip", "-o", "link").output().lines()).hasSize(1);
        assertThat(vpc.ledger().now().interfaces().values())
                .extracting(NetworkInterface::id)
                .containsExactly(node.enis().get(1).id());
    }

    @Test
    void whatIsClosedLeavesNothingOnTheNodes() {
        vpc.node("a", a.netns(), 2, 2);
        assertThat(a.run("ip", "-o", "link").output().lines()).hasSize(3);
        vpc.close();
        assertThat(a.run("ip", "-o", "link").output().lines()).hasSize(1);
    }

    private static String text(InetAddress address) {
        return Cidr.text(address);
    }
}
