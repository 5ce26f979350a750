package io.patchbay.cloud.fabric;

import static io.patchbay.cloud.fabric.Drawn.attached;
import static io.patchbay.cloud.fabric.Drawn.eni;
import static io.patchbay.cloud.fabric.Drawn.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class FabricKernelTest {
    private static final NetworkInterface A =
            attached(eni(1, "10.0.0.4", "10.0.0.5/32", "10.0.0.16/28"), "i-a", 0, 0);
    private static final NetworkInterface B = attached(eni(2, "10.0.1.4"), "i-b", 0, 0);
    private static final InetAddress B_ADDRESS = B.primary();

    private final TestNode a = new TestNode();
    private final TestNode b = new TestNode();
    private final Ledger ledger = new Ledger(InstantSource.system(), Drawn.empty());
    private final Fabric fabric = Fabric.of(ledger);

    @BeforeEach
    void boot() {
        ledger.change(vpc -> vpc.with(A).with(B));
        fabric.place("i-a", a.netns());
        fabric.place("i-b", b.netns());
        up(a, "eth0", "10.0.0.4", "10.0.0.1");
        up(b, "eth0", "10.0.1.4", "10.0.1.1");
        // A link that was just set up loses its first packets.
        assertThat(a.reaches(Fabric.INTERNET)).isTrue();
        assertThat(b.reaches(Fabric.INTERNET)).isTrue();
    }

    @AfterEach
    void close() {
        fabric.close();
        a.close();
        b.close();
    }

    private static void up(TestNode node, String link, String address, String router) {
        node.run("ip", "link", "set", "lo", "up");
        node.run("ip", "link", "set", link, "up");
        node.run("ip", "address", "add", address + "/24", "dev", link);
        node.run("ip", "route", "add", "default", "via", router, "dev", link);
    }

    private void alias(String address) {
        a.run("ip", "address", "add", address + "/32", "dev", "lo");
    }

    private static String links(TestNode node) {
        return node.run("ip", "-o", "link").output();
    }

    @Test
    void everyAddressOfAPrefixIsRouted() {
        alias("10.0.0.16");
        alias("10.0.0.31");
        assertThat(a.reaches(B_ADDRESS, "-I", "10.0.0.16")).isTrue();
        assertThat(b.reaches(Cidr.address("10.0.0.31"))).isTrue();
        assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
    }

    @Test
    void aBlockIsRoutedForAsLongAsItIsAssigned() {
        alias("10.0.0.17");
        ledger.change(vpc -> vpc.with(A.withBlocks(List.of(Cidr.parse("10.0.0.5/32")))));
        assertThat(a.reachesAtOnce(B_ADDRESS, "-I", "10.0.0.17")).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
        assertThat(b.reachesAtOnce(Cidr.address("10.0.0.17"))).isFalse();
        ledger.change(vpc -> vpc.with(A));
        assertThat(a.reaches(B_ADDRESS, "-I", "10.0.0.17")).isTrue();
    }

    @Test
    void anAddressMayMoveToAnotherInterfaceInOneChange() {
        NetworkInterface bare = A.withBlocks(List.of());
        NetworkInterface more = B.withBlocks(A.blocks());
        ledger.change(vpc -> vpc.with(bare).with(more));
        b.run("ip", "address", "add", "10.0.0.20/32", "dev", "lo");
        assertThat(a.reaches(Cidr.address("10.0.0.20"))).isTrue();
    }

    @Test
    void anInterfaceMayBeExemptFromTheSourceCheck() {
        alias("192.0.2.7");
        assertThat(a.reachesAtOnce(B_ADDRESS, "-I", "192.0.2.7")).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
        ledger.change(vpc -> vpc.with(Drawn.with(A, false, "sg-all")));
        assertThat(a.reachesAtOnce(B_ADDRESS, "-I", "192.0.2.7")).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
    }

    @Test
    void aLinkComesWithTheAttachmentAndGoesWithIt() {
        NetworkInterface second = eni(3, "10.0.0.9");
        NetworkInterface far = eni(4, "10.0.0.10");
        ledger.change(
                vpc -> vpc.with(attached(second, "i-a", 0, 1)).with(attached(far, "i-a", 1, 0)));
        assertThat(a.run("ip", "-o", "link", "show", "eth1").output())
                .contains(second.mac().toString(), "mtu 9001", "state DOWN");
        assertThat(a.run("ip", "-o", "link", "show", "card1eth0").output())
                .contains(far.mac().toString());
        ledger.change(vpc -> vpc.with(second).with(attached(far, "i-b", 0, 1)));
        assertThat(links(a)).doesNotContain("eth1@", "card1eth0");
        assertThat(b.run("ip", "-o", "link", "show", "eth1").output())
                .contains(far.mac().toString());
        ledger.change(vpc -> vpc.withoutInterface(second.id()));
        assertThat(a.reaches(B_ADDRESS)).isTrue();
    }

    @Test
    void whatIsForEfaAloneIsNoLink() {
        ledger.change(vpc ->
                vpc.with(
                        Drawn.of(
                                attached(eni(3, "10.0.0.9"), "i-a", 0, 1),
                                Kind.EFA_ONLY,
                                Optional.empty())));
        assertThat(links(a)).doesNotContain("eth1");
    }

    @Test
    void groupsDecideWhoMayBeginAConnectionAndNotWhoMayAnswer() {
        ledger.change(vpc -> vpc.with(Drawn.with(B, true, "sg-none")));
        assertThat(a.reachesAtOnce(B_ADDRESS)).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(0, 0, 1));
        ledger.change(vpc ->
                vpc.with(group("sg-out", List.of(), List.of(Drawn.all())))
                        .with(Drawn.with(B, true, "sg-none", "sg-out")));
        assertThat(b.reaches(A.primary())).isTrue();
        assertThat(b.reaches(Fabric.INTERNET)).isTrue();
        assertThat(a.reachesAtOnce(B_ADDRESS)).isFalse();
    }

    @Test
    void aGroupPermitsAProtocolOrTheMembersOfAGroup() {
        Permission web =
                new Permission("tcp", 7, 7, List.of(Cidr.parse("198.51.100.0/24")), List.of());
        Permission ping = new Permission("icmp", 0, 65535, List.of(), List.of("sg-friends"));
        ledger.change(vpc ->
                vpc.with(group("sg-friends", List.of(), List.of(Drawn.all())))
                        .with(group("sg-b", List.of(ping), List.of(web)))
                        .with(Drawn.with(B, true, "sg-b")));
        assertThat(a.reachesAtOnce(B_ADDRESS)).isFalse();
        ledger.change(vpc -> vpc.with(Drawn.with(A, true, "sg-friends")));
        assertThat(a.reaches(B_ADDRESS)).isTrue();
        assertThat(b.reachesAtOnce(Fabric.INTERNET)).isFalse();
        assertThat(b.ask(Fabric.INTERNET, Fabric.ECHO)).startsWith("10.0.1.4 ");
    }

    @Test
    void theInternetTellsWhomItSees() {
        alias("10.0.0.5");
        assertThat(a.ask(Fabric.INTERNET, Fabric.ECHO)).startsWith("10.0.0.4 ");
        a.run("ip", "route", "replace", "default", "via", "10.0.0.1", "src", "10.0.0.5");
        assertThat(a.ask(Fabric.INTERNET, Fabric.ECHO)).startsWith("10.0.0.5 ");
        assertThat(a.askByDatagram(Fabric.INTERNET, Fabric.ECHO)).startsWith("10.0.0.5 ");
    }

    @Test
    void whatIsRemovedOrClosedLeavesNothingOnTheNodes() {
        fabric.remove("i-a");
        assertThat(links(a).lines()).hasSize(1);
        fabric.close();
        assertThat(links(b).lines()).hasSize(1);
    }

    @Test
    void aNodeThatIsGoneIsNoTrouble() {
        ledger.change(vpc -> vpc.with(attached(eni(3, "10.0.0.9"), "i-a", 0, 1)));
        a.run("ip", "link", "delete", "eth0");
        a.run("ip", "link", "delete", "eth1");
        ledger.change(vpc -> vpc.with(A.withBlocks(List.of())));
        ledger.change(vpc -> vpc.withoutInterface("eni-3"));
        assertThat(b.reaches(Fabric.INTERNET)).isTrue();
    }
}
