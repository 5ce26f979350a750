package io.patchbay.vpc.plumbing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Watch;
import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What others take away comes back, because the kernel told of it: no look is due otherwise.
@Tag("kernel")
class HealerKernelTest {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS = 10;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private final PlumbedNode node = new PlumbedNode(vpc, "a", EgressPolicy.AMAZON, 1, 1);
    private final PlumbedPod first = node.pod(0);
    private final PlumbedPod second = node.pod(1);
    private final CountedMeters meters = new CountedMeters();
    private final Thread healer =
            new Thread(
                    new Healer(node.netns(), node.network()::heal, meters, Duration.ofDays(1)),
                    "healer");
    private Snapshot before = node.snapshot();

    @BeforeEach
    void start() {
        assertThat(node.network().heal()).isEmpty();
        before = node.snapshot();
        healer.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        healer.interrupt();
        healer.join();
        first.close();
        second.close();
        node.close();
        vpc.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip route flush table 2",
                "ip route del default table 2",
                "ip rule del priority 32765",
                "ip rule del priority 1024",
                "ip rule del priority 1536",
                "ip rule del priority 512",
                "ip address flush dev eth1",
                "ip address add 10.0.0.77/24 dev eth1",
                "ip route add 10.0.0.0/24 dev eth1 metric 5",
                "ip route flush dev eni1001",
                "ip link set eth1 down",
                "ip link set eth1 down; ip link set eth1 up",
                "ip link set eth0 down; ip link set eth0 up",
                "ip link set eni1001 down",
                "nft delete table ip patchbay-vpc",
                "nft flush chain ip patchbay-vpc departures",
                "ip link set eth0 down; ip link set eth1 down; ip link set eth0 up; ip link set eth1 up",
                "ip rule flush",
                "ip rule del from all table local",
                "ip rule del priority 32766",
                "ip address del 10.0.0.4/24 dev eth0",
                "ip address flush dev eth0",
                "ip route flush table local",
                "ip route del default",
                "ip route replace default dev eth1 table 2",
                "ip rule add from 10.0.0.7 table 5 priority 1536; ip rule del from 10.0.0.7 table 2",
                "nft flush set ip patchbay-vpc inside",
                "nft delete element ip patchbay-vpc pods { 10.0.0.7 }",
                "nft add element ip patchbay-vpc inside { 192.0.2.0/24 }",
                "nft add rule ip patchbay-vpc departures accept",
                "nft flush chain ip patchbay-vpc translation",
                "nft flush ruleset"
            })
    void itIsRestored(String command) {
        node.witness().run("sh", "-ec", command);
        restored();
        assertThat(reaches(first)).isTrue();
        assertThat(reaches(second)).isTrue();
    }

    private void restored() {
        await(() -> node.snapshot().since(before).isEmpty());
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    private void await(BooleanSupplier condition) {
        try (Watch watch = node.netns().watch()) {
            for (int i = 0; i < STEPS && !condition.getAsBoolean(); i++) {
                assertThat(watch.await(STEP)).isIn(true, false);
            }
        }
    }

    /// The main table's route of the subnet comes back as a static one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip route flush table main",
                "ip route flush table all",
                "ip route flush dev eth0"
            })
    void whatTheNodeItselfNeedsIsRestored(String command) {
        List<String> whole = routes();
        node.witness().run("sh", "-ec", command);
        await(() -> routes().equals(whole));
        assertThat(routes()).isEqualTo(whole);
        assertThat(reaches(first)).isTrue();
        assertThat(reaches(second)).isTrue();
    }

    private List<String> routes() {
        return node.witness()
                .run("ip", "-4", "route", "show", "table", "all")
                .lines()
                .filter(line -> !line.contains(" dev lo ") && !line.startsWith("broadcast "))
                .map(line -> line.replaceAll(" proto (kernel|static)", "").strip())
                .sorted()
                .toList();
    }

    @Test
    void anMtuIsRestored() throws InterruptedException {
        healer.interrupt();
        healer.join();
        NodeNetwork network = new NodeNetwork(node.netns(), 1500, EgressPolicy.AMAZON);
        network.setUp(node.enis());
        node.witness().run("ip", "link", "set", "eth1", "mtu", "1400");
        assertThat(network.heal()).containsExactly("link 3 gets MTU 1500");
        assertThat(node.witness().run("ip", "link", "show", "eth1")).contains("mtu 1500");
    }

    @ParameterizedTest
    @CsvSource({
        "net.ipv4.conf.eth0.rp_filter, 1, 2",
        "net.ipv4.ip_forward, 0, 1",
        "net.ipv4.conf.all.forwarding, 0, 1",
        "net.ipv4.conf.eth0.forwarding, 0, 1",
        "net.ipv4.conf.eth1.forwarding, 0, 1",
        "net.ipv6.conf.eni1001.disable_ipv6, 0, 1"
    })
    void aSettingIsRestored(String key, String broken, String whole) {
        node.witness().run("sysctl", "-q", key + "=" + broken);
        await(() -> setting(key).equals(whole));
        assertThat(setting(key)).isEqualTo(whole);
        assertThat(reaches(first)).isTrue();
        assertThat(reaches(second)).isTrue();
    }

    private String setting(String key) {
        return node.witness().run("sysctl", "-n", key).strip();
    }

    @Test
    void anInterfaceThatIsRenamedIsKeptUnderItsNewName() {
        node.witness().run("sh", "-ec", "ip link set eth0 down; ip link set eth0 name ens5");
        await(() -> node.witness().run("nft", "list", "ruleset").contains("\"ens5\""));
        await(() -> reaches(first) && reaches(second));
        assertThat(reaches(first)).isTrue();
        assertThat(reaches(second)).isTrue();
        assertThat(node.network().heal()).isEmpty();
    }

    @Test
    void whatIsTakenAwayAgainAndAgainComesBackEachTime() throws InterruptedException {
        for (int i = 0; i <= Restorations.FIGHT; i++) {
            node.witness().run("ip", "rule", "del", "priority", "1024");
            restored();
        }
        healer.interrupt();
        healer.join();
        assertThat(meters.counts()).containsEntry("restored", Restorations.FIGHT + 1L);
    }

    @Test
    void whatIsRestoredIsCounted() throws InterruptedException {
        node.witness().run("ip", "rule", "del", "priority", "1536");
        restored();
        healer.interrupt();
        healer.join();
        assertThat(meters.counts()).containsOnlyKeys("restored").containsEntry("restored", 1L);
    }

    private boolean reaches(PlumbedPod pod) {
        return pod.reaches(vpc.internet());
    }

    @Test
    void aPodThatIsDetachedIsNotBroughtBack() {
        node.network().detached(second.paths());
        PodNetwork.remove(node.netns(), Optional.empty(), second.paths());
        assertThat(node.network().heal()).isEmpty();
        assertThat(node.witness().run("ip", "rule")).doesNotContain(text(second.address()));
    }

    @Test
    void aPodWhoseLinkIsGoneIsLeftAlone() {
        node.witness().run("ip", "link", "del", "eni1001");
        node.witness().run("ip", "rule", "del", "priority", "1536");
        assertThat(node.network().heal()).isEmpty();
        assertThat(reaches(first)).isTrue();
    }

    @Test
    void anInterfaceIsVerifiedByWhatIsInTheKernel() throws InterruptedException {
        healer.interrupt();
        healer.join();
        Eni eni = node.enis().get(1);
        EniLink link = EniLink.find(eni, node.netns().rtnl().links()).orElseThrow();
        assertThat(node.network().verified(link)).isTrue();
        node.witness().run("ip", "rule", "del", "priority", "32765");
        assertThat(node.network().verified(link)).isFalse();
        assertThat(node.network().heal())
                .containsExactly(
                        "rule 32765 from %s/32 to table 2 is added".formatted(text(eni.primary())));
        assertThat(node.network().verified(link)).isTrue();
    }

    @Test
    void anInterfaceThatIsAttachedLaterIsSetUpAndKept() {
        vpc.attach("a", 2);
        List<EniLink> ready = node.network().setUp(node.enis());
        assertThat(ready).extracting(EniLink::name).containsExactly("eth0", "eth1", "eth2");
        before = node.snapshot();
        node.witness().run("ip", "link", "set", "eth2", "down");
        restored();
    }

    private static String text(InetAddress address) {
        return Cidr.text(address);
    }
}
