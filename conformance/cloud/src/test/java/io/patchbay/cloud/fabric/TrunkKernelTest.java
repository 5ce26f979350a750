package io.patchbay.cloud.fabric;

import static io.patchbay.cloud.fabric.Drawn.attached;
import static io.patchbay.cloud.fabric.Drawn.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What needs a kernel with 8021q.
@Tag("stock-kernel")
class TrunkKernelTest {
    private static final NetworkInterface TRUNK =
            Drawn.of(attached(eni(1, "10.0.0.4"), "i-a", 0, 1), Kind.TRUNK, Optional.empty());
    private static final NetworkInterface BRANCH =
            Drawn.of(
                    eni(2, "10.0.1.4"),
                    Kind.BRANCH,
                    Optional.of(new Association("trunk-assoc-1", TRUNK.id(), 7)));

    private static final Cidr OWN = Cidr.parse("2001:db8:0:2::4/128");
    private static final Cidr PREFIX = Cidr.parse("2001:db8:0:2:b::/80");

    @Test
    void aBranchIsReachedByItsTagAndGoesWithItsTrunk() {
        Ledger ledger = new Ledger(InstantSource.system(), Drawn.empty());
        try (TestNode node = new TestNode();
                Fabric fabric = Fabric.of(ledger)) {
            fabric.place("i-a", node.netns());
            ledger.change(vpc -> vpc.with(BRANCH).with(TRUNK));
            node.run("ip", "link", "set", "eth1", "up");
            node.run("ip", "link", "add", "branch", "link", "eth1", "type", "vlan", "id", "7");
            node.run("ip", "link", "set", "branch", "address", BRANCH.mac().toString(), "up");
            node.run("ip", "address", "add", "10.0.1.4/24", "dev", "branch");
            node.run("ip", "route", "add", "default", "via", "10.0.1.1");
            assertThat(node.reaches(Fabric.INTERNET)).isTrue();
            assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
            ledger.change(vpc -> vpc.with(TRUNK.withAttachment(Optional.empty())));
            assertThat(node.run("ip", "-o", "link").output().lines()).hasSize(1);
        }
    }

    @Test
    void aBranchSpeaksIpv6ByItsTagWithTheAddressesItHas() {
        NetworkInterface branch = BRANCH.withBlocks(List.of(OWN, PREFIX));
        Ledger ledger = new Ledger(InstantSource.system(), Drawn.dual());
        try (TestNode node = new TestNode();
                Fabric fabric = Fabric.of(ledger)) {
            fabric.place("i-a", node.netns());
            ledger.change(vpc -> vpc.with(branch).with(TRUNK));
            node.run("ip", "link", "set", "lo", "up");
            node.run("ip", "link", "set", "eth1", "up");
            node.run("ip", "link", "add", "branch", "link", "eth1", "type", "vlan", "id", "7");
            node.run("ip", "link", "set", "branch", "address", branch.mac().toString(), "up");
            node.run("ip", "address", "add", OWN.toString(), "dev", "branch", "nodad");
            node.run("ip", "route", "add", "default", "via", "fe80:ec2::1", "dev", "branch");
            assertThat(node.reaches(Fabric.INTERNET6)).isTrue();
            assertThat(node.ask(Fabric.INTERNET6, Fabric.ECHO))
                    .startsWith(Cidr.text(OWN.address()) + " ");
            String pod = alias(node, PREFIX.at(9));
            assertThat(node.reaches(Fabric.INTERNET6, "-I", pod)).isTrue();
            assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
            String foreign = alias(node, Cidr.address("2001:db8:0:2:c::9"));
            assertThat(node.reachesAtOnce(Fabric.INTERNET6, "-I", foreign)).isFalse();
            assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
        }
    }

    private static String alias(TestNode node, InetAddress address) {
        node.run("ip", "address", "add", Cidr.text(address) + "/128", "dev", "lo");
        return Cidr.text(address);
    }
}
