package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.Watch;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@KernelTest
@ExtendWith(NoDescriptorLeft.class)
@Timeout(600)
class WatchKernelTest {
    private static final Duration GENEROUS = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ZERO;

    private PrivateNetns place;
    private OpenNetns netns;

    @BeforeEach
    void open() {
        place = PrivateNetns.create();
        // Or the links' own addresses would be told of again, a second or two after they came.
        place.run("sysctl -q net.ipv6.conf.default.accept_dad=0");
        place.run("ip link set lo up");
        place.run("ip link add near type veth peer name far");
        place.run("ip link set near up");
        place.run("ip address add 192.0.2.1/24 dev near");
        place.run("ip link set far up");
        // A new namespace has the machine's own settings of IPv4 (devinet_init_net in the kernel).
        place.run(
                "sysctl -q net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.near.rp_filter=0 net.ipv4.conf.near.proxy_arp=0 net.ipv4.conf.near.ignore_routes_with_linkdown=0");
        place.run("nft add table ip ready");
        place.run("nft add chain ip ready full");
        place.run("nft add set ip ready s { type ipv4_addr; }");
        while (!place.link("near").contains("\"operstate\":\"UP\"")) {
            Thread.onSpinWait();
        }
        netns = place.open();
    }

    @AfterEach
    void close() {
        netns.close();
        place.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip link set near down",
                "ip link add more type veth peer name less",
                "ip address add 192.0.2.9/24 dev near",
                "ip -6 address add 2001:db8::9/64 dev near",
                "ip route add 198.51.100.0/24 dev near",
                "ip -6 route add 2001:db8:1::/64 dev near",
                "ip rule add from 192.0.2.1 table 7",
                "ip -6 rule add from 2001:db8::1 table 7",
                "sysctl -q net.ipv4.ip_forward=1",
                "sysctl -q net.ipv4.conf.near.forwarding=1",
                "sysctl -q net.ipv4.conf.default.forwarding=1",
                "sysctl -q net.ipv4.conf.near.rp_filter=2",
                "sysctl -q net.ipv4.conf.all.rp_filter=2",
                "sysctl -q net.ipv4.conf.near.proxy_arp=1",
                "sysctl -q net.ipv4.conf.near.ignore_routes_with_linkdown=1",
                "sysctl -q net.ipv6.conf.near.forwarding=1",
                "sysctl -q net.ipv6.conf.near.proxy_ndp=1",
                "sysctl -q net.ipv6.conf.near.disable_ipv6=1",
                "nft add table ip t",
                "nft add chain ip ready c",
                "nft add rule ip ready full accept",
                "nft add element ip ready s { 192.0.2.1 }",
                "nft flush ruleset"
            })
    void itHearsWhatOthersChangeOnce(String command) {
        try (Watch watch = netns.watch()) {
            quiet(watch);
            place.run(command);
            assertThat(watch.await(GENEROUS)).isTrue();
            quiet(watch);
            assertThat(watch.await(AT_ONCE)).isFalse();
        }
    }

    /// The kernel's own messages about what the set-up made may still be on their way.
    private static void quiet(Watch watch) {
        while (watch.await(Duration.ofMillis(300))) {
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void itHearsWhatThisProcessChanges() {
        try (Watch watch = netns.watch()) {
            quiet(watch);
            netns.rtnl().apply(new AddRule(Rule.from(Cidr.parse("192.0.2.7/32"), 9, 9)));
            assertThat(watch.await(GENEROUS)).isTrue();
        }
    }

    @Test
    void whatWasLostIsAChangeToo() {
        try (Watch watch = netns.watch()) {
            for (int i = 1; i <= 4000; i++) {
                netns.rtnl().apply(new AddRule(Rule.from(Cidr.parse("192.0.2.7/32"), i, 9)));
            }
            assertThat(watch.await(GENEROUS)).isTrue();
            quiet(watch);
            place.run("ip rule del priority 1");
            assertThat(watch.await(GENEROUS)).isTrue();
        }
    }

    @Test
    void anotherNamespaceIsNotHeard() {
        try (PrivateNetns other = PrivateNetns.create();
                Watch watch = netns.watch()) {
            quiet(watch);
            other.run("ip link set lo up");
            assertThat(watch.await(AT_ONCE)).isFalse();
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                Watch watch = netns.watch()) {
            quiet(watch);
            Callable<Boolean> wait = () -> watch.await(GENEROUS.multipliedBy(100));
            Future<Boolean> waiting = thread.submit(wait);
            thread.shutdownNow();
            assertThatThrownBy(waiting::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            KernelException.class, e -> assertThat(e.errno()).isEqualTo(4));
        }
    }

    @Test
    void aClosedWatchSaysSo() {
        Watch watch = netns.watch();
        watch.close();
        watch.close();
        assertThatThrownBy(() -> watch.await(AT_ONCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("watch");
    }
}
