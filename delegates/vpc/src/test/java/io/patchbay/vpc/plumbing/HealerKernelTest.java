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
import org.junit.jupiter.params.provider.ValueSource;

/// What others take away comes back.
@Tag("kernel")
class HealerKernelTest {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS = 60;

    private final SimulatedVpc vpc = SimulatedVpc.open();
    private final PlumbedNode node = new PlumbedNode(vpc, "a", EgressPolicy.AMAZON, 1, 1);
    private final PlumbedPod first = node.pod(0);
    private final PlumbedPod second = node.pod(1);
    private final CountedMeters meters = new CountedMeters();
    private final Thread healer =
            new Thread(new Healer(node.netns(), node.network(), meters), "healer");
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
                "nft flush set ip patchbay-vpc inside"
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

    /// The kernel does not tell of these.
    @Test
    void aSettingIsRestoredWithoutAWord() {
        node.witness().run("sysctl", "-q", "net.ipv4.conf.eth0.rp_filter=1");
        await(() -> filter().equals("2"));
        assertThat(filter()).isEqualTo("2");
    }

    private String filter() {
        return node.witness().run("sysctl", "-n", "net.ipv4.conf.eth0.rp_filter").strip();
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
        return pod.witness()
                        .attempt("ping", "-nq", "-c1", "-w10", "-i0.2", Cidr.text(vpc.internet()))
                        .status()
                == 0;
    }

    @Test
    void aPodThatIsDetachedIsNotBroughtBack() {
        node.network().detached(second.routing());
        PodNetwork.remove(node.netns(), Optional.empty(), second.routing());
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
