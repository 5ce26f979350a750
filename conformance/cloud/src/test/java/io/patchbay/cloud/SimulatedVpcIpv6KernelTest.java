package io.patchbay.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.fabric.TestNode;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class SimulatedVpcIpv6KernelTest {
    private static final Cidr PLAIN = Cidr.parse("10.0.1.0/24");

    private final TestNode a = new TestNode();
    private final TestNode b = new TestNode();
    private SimulatedVpc vpc;

    @BeforeEach
    void open() {
        vpc =
                SimulatedVpc.open(
                        Layout.of("10.0.0.0/16", "2001:db8::/56")
                                .subnet("10.0.0.0/24")
                                .ipv6("2001:db8:0:1::/64")
                                .subnet(PLAIN.toString()));
    }

    @AfterEach
    void close() {
        vpc.close();
        a.close();
        b.close();
    }

    @Test
    void aNodeBootsWithBothFamiliesWhereItsSubnetHasThem() {
        InetAddress own = vpc.node("a", a.netns(), 0).primary().primary6().orElseThrow();
        InetAddress other = vpc.node("b", b.netns(), 0).primary().primary6().orElseThrow();
        assertThat(a.run("ip", "-6", "address", "show", "dev", "eth0").output())
                .contains(Cidr.text(own) + "/128");
        assertThat(a.run("ip", "-6", "route", "show", "default").output())
                .contains("via fe80:ec2::1 dev eth0");
        assertThat(a.reaches(vpc.internet6())).isTrue();
        assertThat(a.reaches(other)).isTrue();
        assertThat(a.reaches(vpc.internet())).isTrue();
        assertThat(a.run("ip", "-6", "address", "show", "dev", "eth0").output())
                .doesNotContain("tentative");
        assertThat(vpc.dropped()).isEqualTo(Dropped.NONE);
    }

    @Test
    void aNodeInASubnetWithoutIpv6HasNone() {
        SimulatedEni primary = vpc.node("a", a.netns(), PLAIN, 0).primary();
        assertThat(primary.primary6()).isEmpty();
        assertThat(primary.subnet().cidr6()).isEmpty();
        assertThat(a.run("ip", "-6", "address", "show", "dev", "eth0").output()).isEmpty();
        assertThat(InstanceMetadata.of(a, keys(primary)).lines())
                .contains("vpc-ipv6-cidr-blocks", "local-ipv4s")
                .doesNotContain("ipv6s", "ipv6-prefix", "subnet-ipv6-cidr-blocks");
    }

    @Test
    void metadataTellsIpv6() {
        SimulatedEni primary = vpc.node("a", a.netns(), 0).primary();
        Cidr prefix = vpc.assign(primary.id(), Order.ipv6Prefixes(1)).getFirst();
        assertThat(vpc.eni(primary.id()).prefixes6()).containsExactly(prefix);
        String own = Cidr.text(primary.primary6().orElseThrow());
        assertThat(InstanceMetadata.of(a, "meta-data/ipv6")).isEqualTo(own);
        assertThat(InstanceMetadata.of(a, keys(primary) + "ipv6s")).isEqualTo(own);
        assertThat(InstanceMetadata.of(a, keys(primary) + "ipv6-prefix"))
                .isEqualTo(prefix.toString());
        assertThat(InstanceMetadata.of(a, keys(primary) + "subnet-ipv6-cidr-blocks"))
                .isEqualTo("2001:db8:0:1::/64");
        assertThat(InstanceMetadata.of(a, keys(primary) + "vpc-ipv6-cidr-blocks"))
                .isEqualTo("2001:db8::/56");
    }

    private static String keys(SimulatedEni eni) {
        return "meta-data/network/interfaces/macs/%s/".formatted(eni.mac());
    }

    @Test
    void aPrefixWorksForAsLongAsItIsAssigned() {
        SimulatedEni eni = vpc.node("a", a.netns(), 0).primary();
        InetAddress target = vpc.node("b", b.netns(), 0).primary().primary6().orElseThrow();
        Cidr prefix = vpc.assign(eni.id(), Order.ipv6Prefixes(1)).getFirst();
        String pod = Cidr.text(prefix.at(0xF00D));
        a.run("ip", "address", "add", pod + "/128", "dev", "lo");
        assertThat(a.reaches(target, "-I", pod)).isTrue();
        vpc.unassign(eni.id(), prefix);
        assertThat(a.reachesAtOnce(target, "-I", pod)).isFalse();
        assertThat(vpc.dropped()).isEqualTo(new Dropped(1, 0, 0));
    }

    @Test
    void aFurtherInterfaceSpeaksIpv6ByItsOwnTable() {
        vpc.node("a", a.netns(), 0);
        SimulatedEni second =
                vpc.attach(
                        "a",
                        Creation.in(
                                vpc.subnets().getFirst().id(),
                                Order.addresses(2)
                                        .and(Order.ipv6Addresses(1))
                                        .and(Order.ipv6Prefixes(1))));
        assertThat(second.secondaries()).hasSize(2);
        String own = Cidr.text(second.primary6().orElseThrow());
        a.run("ip", "link", "set", "eth1", "up");
        a.run("ip", "address", "add", own + "/128", "dev", "eth1", "nodad");
        a.run(
                "ip",
                "-6",
                "route",
                "add",
                "default",
                "via",
                "fe80:ec2::1",
                "dev",
                "eth1",
                "table",
                "2");
        assertThat(a.reaches(vpc.internet6())).isTrue();
        assertThat(a.reachesAtOnce(vpc.internet6(), "-I", own)).isFalse();
        assertThat(vpc.dropped()).isEqualTo(new Dropped(1, 0, 0));
        a.run("ip", "-6", "rule", "add", "from", own, "table", "2");
        assertThat(a.reaches(vpc.internet6(), "-I", own)).isTrue();
    }
}
