package io.patchbay.cloud.fabric;

import static io.patchbay.cloud.fabric.Drawn.attached;
import static io.patchbay.cloud.fabric.Drawn.eni;
import static io.patchbay.cloud.fabric.Drawn.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class FabricIpv6KernelTest {
    private static final String OWN_A = "2001:db8:0:1::4";
    private static final String OWN_B = "2001:db8:0:2::4";
    private static final InetAddress A6 = Cidr.address(OWN_A);
    private static final InetAddress B6 = Cidr.address(OWN_B);
    private static final Cidr PREFIX_A = Cidr.parse("2001:db8:0:1:a::/80");
    private static final Cidr PREFIX_B = Cidr.parse("2001:db8:0:2:b::/80");
    private static final int PORT = 7000;

    private static final NetworkInterface A =
            attached(eni(1, "10.0.0.4", OWN_A + "/128", PREFIX_A.toString()), "i-a", 0, 0);
    private static final NetworkInterface B =
            attached(eni(2, "10.0.1.4", OWN_B + "/128", PREFIX_B.toString()), "i-b", 0, 0);

    private final TestNode a = new TestNode();
    private final TestNode b = new TestNode();
    private final Ledger ledger = new Ledger(InstantSource.system(), Drawn.dual());
    private final Fabric fabric = Fabric.of(ledger);

    @BeforeEach
    void boot() {
        ledger.change(vpc -> vpc.with(A).with(B));
        fabric.place("i-a", a.netns());
        fabric.place("i-b", b.netns());
        up(a, "10.0.0.4", "10.0.0.1", OWN_A);
        up(b, "10.0.1.4", "10.0.1.1", OWN_B);
        // A link that was just set up loses its first packets.
        assertThat(a.reaches(Fabric.INTERNET6)).isTrue();
        assertThat(b.reaches(Fabric.INTERNET6)).isTrue();
    }

    private static void up(TestNode node, String ipv4, String router, String ipv6) {
        node.run("ip", "link", "set", "lo", "up");
        node.run("ip", "link", "set", "eth0", "up");
        node.run("ip", "address", "add", ipv4 + "/24", "dev", "eth0");
        node.run("ip", "route", "add", "default", "via", router, "dev", "eth0");
        node.run("ip", "address", "add", ipv6 + "/128", "dev", "eth0", "nodad");
        route(node, "add");
    }

    private static void route(TestNode node, String verb, String... more) {
        List<String> line = new ArrayList<>(List.of("ip", "-6", "route", verb, "default", "via"));
        line.addAll(List.of("fe80:ec2::1", "dev", "eth0"));
        line.addAll(List.of(more));
        node.run(line.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        fabric.close();
        a.close();
        b.close();
    }

    private static void alias(TestNode node, InetAddress address) {
        node.run("ip", "address", "add", Cidr.text(address) + "/128", "dev", "lo");
    }

    private static void speakAs(TestNode node, InetAddress address) {
        alias(node, address);
        String source = Cidr.text(address);
        route(node, "replace", "src", source);
        // A connection that is made at once may still be from the address before.
        node.run(
                "timeout",
                "30",
                "sh",
                "-c",
                "until ip -6 route get %s | grep -qw %s; do :; done"
                        .formatted(Cidr.text(Fabric.INTERNET6), source));
    }

    @Test
    void nodesReachEachOtherByTheirOwnAddresses() {
        assertThat(a.reaches(B6)).isTrue();
        assertThat(b.reaches(A6)).isTrue();
        try (Echo _ = Echo.open(b.netns(), B6, PORT)) {
            assertThat(a.ask(B6, PORT)).startsWith(OWN_A + " ");
            assertThat(a.askByDatagram(B6, PORT)).startsWith(OWN_A + " ");
        }
        assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
    }

    @Test
    void everyAddressOfAPrefixIsRouted() {
        InetAddress first = PREFIX_A.at(0);
        InetAddress last = PREFIX_B.at((1L << 48) - 1);
        speakAs(a, first);
        alias(b, last);
        assertThat(a.reaches(last, "-I", Cidr.text(first))).isTrue();
        assertThat(b.reaches(first)).isTrue();
        try (Echo _ = Echo.open(b.netns(), last, PORT)) {
            assertThat(a.ask(last, PORT)).startsWith(Cidr.text(first) + " ");
            assertThat(a.askByDatagram(last, PORT)).startsWith(Cidr.text(first) + " ");
        }
        assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
    }

    @Test
    void aPrefixIsRoutedForAsLongAsItIsAssigned() {
        InetAddress pod = PREFIX_A.at(5);
        alias(a, pod);
        ledger.change(vpc -> vpc.with(A.withBlocks(List.of(Cidr.host(A6)))));
        assertThat(a.reachesAtOnce(B6, "-I", Cidr.text(pod))).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
        assertThat(b.reachesAtOnce(pod)).isFalse();
        ledger.change(vpc -> vpc.with(A));
        assertThat(a.reaches(B6, "-I", Cidr.text(pod))).isTrue();
    }

    @Test
    void anotherInterfacesAddressIsDroppedAndCounted() {
        InetAddress foreign = PREFIX_B.at(9);
        alias(a, foreign);
        assertThat(a.reachesAtOnce(B6, "-I", Cidr.text(foreign))).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
        ledger.change(vpc -> vpc.with(Drawn.with(A, false, "sg-all")));
        a.reachesAtOnce(B6, "-I", Cidr.text(foreign));
        assertThat(fabric.dropped()).isEqualTo(new Dropped(1, 0, 0));
    }

    @Test
    void aPrefixMayMoveToAnotherInterfaceInOneChange() {
        InetAddress pod = PREFIX_A.at(5);
        alias(b, pod);
        ledger.change(vpc ->
                vpc.with(A.withBlocks(List.of(Cidr.host(A6))))
                        .with(B.withBlocks(List.of(Cidr.host(B6), PREFIX_A))));
        assertThat(a.reaches(pod)).isTrue();
        assertThat(b.reaches(A6, "-I", Cidr.text(pod))).isTrue();
    }

    @Test
    void theRouterIsTheSameOnEveryLink() {
        for (TestNode node : List.of(a, b)) {
            assertThat(node.run("ping", "-nqc1", "-w10", "fe80:ec2::1%eth0").status()).isZero();
        }
    }

    @Test
    void aRangeOfOneFamilyPermitsNothingOfTheOther() {
        Permission ipv4 = new Permission("-1", 0, 65535, List.of(Cidr.any(false)), List.of());
        ledger.change(vpc ->
                vpc.with(group("sg-b", List.of(ipv4), List.of(Permission.ALL)))
                        .with(Drawn.with(B, true, "sg-b")));
        assertThat(a.reachesAtOnce(B6)).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(0, 0, 1));
        assertThat(a.reaches(B.primary())).isTrue();
        assertThat(b.reaches(A6)).isTrue();
    }

    @Test
    void aGroupPermitsAProtocolOfARangeOfIpv6() {
        Permission ask = new Permission("tcp", 7, 7, List.of(Cidr.parse("3fff::/20")), List.of());
        Permission ping = new Permission("icmpv6", 0, 65535, List.of(PREFIX_A), List.of());
        ledger.change(vpc ->
                vpc.with(group("sg-b", List.of(ping), List.of(ask)))
                        .with(Drawn.with(B, true, "sg-b")));
        alias(a, PREFIX_A.at(1));
        assertThat(a.reaches(B6, "-I", Cidr.text(PREFIX_A.at(1)))).isTrue();
        assertThat(a.reachesAtOnce(B6)).isFalse();
        assertThat(b.reachesAtOnce(Fabric.INTERNET6)).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(0, 0, 2));
        assertThat(b.ask(Fabric.INTERNET6, Fabric.ECHO)).startsWith(OWN_B + " ");
    }

    @Test
    void theMembersOfAGroupAreItsInterfacesInBothFamilies() {
        Permission friends = new Permission("-1", 0, 65535, List.of(), List.of("sg-friends"));
        ledger.change(vpc ->
                vpc.with(group("sg-friends", List.of(), List.of(Permission.ALL)))
                        .with(group("sg-b", List.of(friends), List.of()))
                        .with(Drawn.with(B, true, "sg-b")));
        assertThat(a.reachesAtOnce(B6)).isFalse();
        assertThat(a.reachesAtOnce(B.primary())).isFalse();
        assertThat(fabric.dropped()).isEqualTo(new Dropped(0, 0, 2));
        ledger.change(vpc -> vpc.with(Drawn.with(A, true, "sg-friends")));
        alias(a, PREFIX_A.at(1));
        assertThat(a.reaches(B6)).isTrue();
        assertThat(a.reaches(B6, "-I", Cidr.text(PREFIX_A.at(1)))).isTrue();
        assertThat(a.reaches(B.primary())).isTrue();
    }

    @Test
    void theInternetTellsWhomItSeesInBothFamilies() {
        assertThat(a.ask(Fabric.INTERNET6, Fabric.ECHO)).startsWith(OWN_A + " ");
        assertThat(a.ask(Fabric.INTERNET, Fabric.ECHO)).startsWith("10.0.0.4 ");
        speakAs(a, PREFIX_A.at(3));
        assertThat(a.ask(Fabric.INTERNET6, Fabric.ECHO)).startsWith("2001:db8:0:1:a::3 ");
        assertThat(a.askByDatagram(Fabric.INTERNET6, Fabric.ECHO)).startsWith("2001:db8:0:1:a::3 ");
        assertThat(a.ask(Fabric.INTERNET, Fabric.ECHO)).startsWith("10.0.0.4 ");
        assertThat(fabric.dropped()).isEqualTo(Dropped.NONE);
    }

    @Test
    void aLinkInASubnetWithoutIpv6DoesNotSpeakIt() {
        NetworkInterface bare = A.withBlocks(List.of());
        Ledger without = new Ledger(InstantSource.system(), Drawn.empty().with(bare));
        try (TestNode old = new TestNode();
                Fabric plain = Fabric.of(without)) {
            plain.place("i-a", old.netns());
            old.run("ip", "link", "set", "eth0", "up");
            assertThat(old.run("ip", "-6", "address", "show", "dev", "eth0").output()).isEmpty();
        }
    }
}
