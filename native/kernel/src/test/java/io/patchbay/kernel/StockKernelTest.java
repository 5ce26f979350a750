package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.IpvlanFlag;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import io.patchbay.spi.net.VlanProtocol;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What needs a kernel with ipvlan and 8021q.
@Tag("stock-kernel")
@ExtendWith(NoDescriptorLeft.class)
class StockKernelTest extends InTwoNetns {
    private static final int BASE = 30;

    @BeforeEach
    void makeBase() {
        near.run("ip link add index 30 name base type veth peer name base-peer");
        near.run("ip link set base up");
    }

    static Stream<Arguments> ipvlans() {
        return Arrays.stream(IpvlanMode.values())
                .flatMap(mode ->
                        Arrays.stream(IpvlanFlag.values()).map(flag -> Arguments.of(mode, flag)));
    }

    @ParameterizedTest
    @MethodSource("ipvlans")
    void anIpvlanIsMadeStraightInThePod(IpvlanMode mode, IpvlanFlag flag) {
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Ipvlan(
                                        Head.named("net1").index(77).group(5).in(pod).asUp(),
                                        BASE,
                                        mode,
                                        flag)));
        assertThat(far.link("net1"))
                .contains("\"ifindex\":77", "\"info_kind\":\"ipvlan\"", "\"group\":\"5\"")
                .contains("\"mode\":\"" + mode.name().toLowerCase(Locale.ROOT) + "\"")
                .contains("\"" + flag.name().toLowerCase(Locale.ROOT) + "\"", "\"UP\"");
        Link link = pod.rtnl().find("net1").orElseThrow();
        assertThat(link.kind()).isEqualTo("ipvlan");
        assertThat(link.mode()).hasValue(mode.value());
        assertThat(link.parent()).hasValue(BASE);
    }

    @Test
    void aVlanIsMadeStraightInThePod() {
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Vlan(
                                        Head.named("net1").index(78).mtu(1496).in(pod).asUp(),
                                        BASE,
                                        4094)));
        assertThat(far.link("net1"))
                .contains("\"ifindex\":78", "\"info_kind\":\"vlan\"", "\"mtu\":1496")
                .contains("\"protocol\":\"802.1Q\",\"id\":4094");
        Link link = pod.rtnl().find("net1").orElseThrow();
        assertThat(link.vlan()).hasValue(4094);
        assertThat(link.parent()).hasValue(BASE);
    }

    @Test
    void aPortCarriesTheVlansThatItIsGiven() {
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Bridge(Head.named("br0").index(90).asUp(), true)),
                        new Change.SetMaster(BASE, 90),
                        new Change.DeleteBridgeVlans(BASE, 1, BridgeVlans.LARGEST),
                        new Change.AddBridgeVlans(BASE, BridgeVlans.ofUntagged(100)),
                        new Change.AddBridgeVlans(BASE, BridgeVlans.tagged(200, 300)));

        assertThat(near.run("bridge -j vlan show dev base"))
                .contains("{\"vlan\":100,\"flags\":[\"PVID\",\"Egress Untagged\"]}")
                .contains("{\"vlan\":200}", "{\"vlan\":300}")
                .doesNotContain("\"vlan\":1,");
        assertThat(host.rtnl().bridgeVlans(BASE))
                .containsExactly(BridgeVlans.ofUntagged(100), BridgeVlans.tagged(200, 300));
        assertThat(host.rtnl().find("br0").orElseThrow().bridge().filtersVlans()).isTrue();
    }

    @Test
    void aVlanMayHaveTheTagOfAServiceProvider() {
        Head head = Head.named("net1").in(pod);
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Vlan(head, BASE, 0, VlanProtocol.DOT1AD)));
        assertThat(far.link("net1")).contains("\"protocol\":\"802.1ad\",\"id\":0");
        Link link = pod.rtnl().find("net1").orElseThrow();
        assertThat(link.upper().protocol()).contains(VlanProtocol.DOT1AD);
        assertThat(link.vlan()).hasValue(0);
    }

    @Test
    void aVlanThatIsThereExists() {
        Change create =
                new Change.CreateLink(new LinkSpec.Vlan(Head.named("v1").in(pod), BASE, 100));
        Change again = new Change.CreateLink(new LinkSpec.Vlan(Head.named("v2"), BASE, 100));
        host.rtnl().apply(create);
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowableOfType(
                                        io.patchbay.spi.net.KernelException.class,
                                        () -> host.rtnl().apply(again))
                                .exists())
                .isTrue();
    }

    @Test
    void theTableOfAVrfIsInUse() {
        near.run("ip link add blue type vrf table 1007");
        assertThat(host.rtnl().tables(0)).contains(1007);
    }
}
