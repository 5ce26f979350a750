package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@KernelTest
class SysctlKernelTest extends InPrivateNetns {
    private static final String FORWARD = "net/ipv4/ip_forward";

    @Test
    void aSettingIsTheNamespacesOwn() throws IOException {
        String before = Files.readString(Path.of("/proc/sys/" + FORWARD)).strip();
        String other = before.equals("1") ? "0" : "1";
        netns.sysctl().set(FORWARD, other);
        assertThat(witness.run("cat /proc/sys/" + FORWARD)).isEqualTo(other + "\n");
        assertThat(netns.sysctl().find(FORWARD)).contains(other);
        assertThat(Kernel.ofThisMachine().host().sysctl().find(FORWARD)).contains(before);
    }

    @Test
    void severalAreSetAndTheFirstThatFailsIsNamed() {
        String arp = "net/ipv4/conf/lo/arp_notify";
        netns.sysctl().set(Map.of(arp, "1", FORWARD, "1"));
        assertThat(witness.run("cat /proc/sys/" + arp + " /proc/sys/" + FORWARD))
                .isEqualTo("1\n1\n");
        assertThatThrownBy(() -> netns.sysctl().set(Map.of(arp, "much")))
                .hasMessageContaining("set sysctl net/ipv4/conf/lo/arp_notify to much");
    }

    @Test
    void oneOfSeveralThatIsSetAlreadyIsNotWritten() {
        String fixed = "net/ipv4/tcp_available_congestion_control";
        String value = netns.sysctl().find(fixed).orElseThrow();

        netns.sysctl().set(Map.of(fixed, value, FORWARD, "1", "net/ipv4/route/flush", "1"));

        assertThat(witness.run("cat /proc/sys/" + FORWARD)).isEqualTo("1\n");
        assertThatThrownBy(() -> netns.sysctl().set(fixed, value))
                .isInstanceOf(KernelException.class);
    }

    @Test
    void aLinksNameMayHoldADot() {
        witness.run("ip link add eth0.5 type bridge");
        netns.sysctl().set("net/ipv4/conf/eth0.5/rp_filter", "2");
        assertThat(witness.run("cat /proc/sys/net/ipv4/conf/eth0.5/rp_filter")).isEqualTo("2\n");
    }

    @Test
    void anUnknownKeyIsEmptyToReadAndEnoentToSet() {
        assertThat(netns.sysctl().find("net/ipv4/conf/nobody/rp_filter")).isEmpty();
        assertThatThrownBy(() -> netns.sysctl().set("net/ipv4/conf/nobody/rp_filter", "1"))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.errno()).isEqualTo(KernelException.ENOENT))
                .hasMessageContaining("set sysctl net/ipv4/conf/nobody/rp_filter to 1");
    }

    @Test
    void aValueTheKernelRefusesIsEinval() {
        assertThatThrownBy(() -> netns.sysctl().set(FORWARD, "yes"))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        e -> assertThat(e.errno()).isEqualTo(KernelException.EINVAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/net/ipv4/ip_forward",
                "net//ipv4",
                "net/../kernel/x",
                ""
            })
    void aKeyThatLeavesTheTreeIsRefused(String key) {
        assertThatThrownBy(() -> netns.sysctl().find(key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> netns.sysctl().set(key, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
