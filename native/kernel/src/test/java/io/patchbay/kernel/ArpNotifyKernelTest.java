package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Change.SetArpNotify;
import io.patchbay.spi.net.KernelException;
import org.junit.jupiter.api.Test;

@KernelTest
class ArpNotifyKernelTest extends InPrivateNetns {
    @Test
    void itIsOneLinksAloneAndIsTakenBack() {
        witness.run("ip link add index 30 name net1 type veth peer name net2");
        String settings = "sysctl -n net.ipv4.conf.net1.arp_notify net.ipv4.conf.net2.arp_notify";

        netns.rtnl().apply(new SetArpNotify(30, true));
        assertThat(witness.run(settings)).isEqualTo("1\n0\n");
        netns.rtnl().apply(new SetArpNotify(30, false));
        assertThat(witness.run(settings)).isEqualTo("0\n0\n");
    }

    @Test
    void aLinkThatIsTooNarrowForIpv4IsNamed() {
        witness.run("ip link set lo mtu 60");

        assertThatThrownBy(() -> netns.rtnl().apply(new SetArpNotify(1, true)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("set arp_notify of link 1 on in ")
                .hasMessageContaining("EAFNOSUPPORT");
    }
}
