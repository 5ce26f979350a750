package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@KernelTest
class LinkKernelTest extends InTwoNetns {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:aa:bb:cc");

    private void veth(String name, int index) {
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Veth(
                                        Head.named(name).index(index).asUp(),
                                        Head.named(name + "p").index(index + 1))));
    }

    @Test
    void aVethIsMadeWithBothEndsInPlace() {
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Bridge(Head.named("br0").index(90).asUp())),
                        new Change.CreateLink(
                                new LinkSpec.Veth(
                                        Head.named("v0")
                                                .index(100)
                                                .group(7)
                                                .mtu(1400)
                                                .master(90)
                                                .asUp(),
                                        Head.named("eth0")
                                                .index(200)
                                                .group(8)
                                                .mtu(1300)
                                                .mac(MAC)
                                                .in(pod))));
        assertThat(near.link("v0"))
                .contains("\"ifindex\":100", "\"mtu\":1400", "\"master\":\"br0\"", "\"UP\"")
                .contains("\"num_tx_queues\":1", "\"num_rx_queues\":1", "\"group\":\"7\"")
                .contains("\"info_kind\":\"veth\"");
        assertThat(far.link("eth0"))
                .contains("\"ifindex\":200", "\"mtu\":1300", "\"address\":\"" + MAC + "\"")
                .contains("\"num_tx_queues\":1", "\"num_rx_queues\":1", "\"group\":\"8\"");
    }

    @Test
    void aVethCanBeMadeFarAwayWithItsPeerHere() {
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Veth(
                                        Head.named("eth0").in(pod).asUp(), Head.named("v0"))));
        assertThat(near.link("v0")).contains("\"info_kind\":\"veth\"");
        assertThat(far.link("eth0")).contains("\"info_kind\":\"veth\"");
    }

    @Test
    void aPeerThatIsToBeUpIsRefusedBeforeTheKernelIsAsked() {
        LinkSpec spec = new LinkSpec.Veth(Head.named("v0"), Head.named("v1").asUp());
        assertThatThrownBy(() -> host.rtnl().apply(new Change.CreateLink(spec)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v1");
        assertThat(near.run("ip -j link")).doesNotContain("v0");
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "false,false"})
    void aPortOfABridgeIsSetAndToldAsItIs(boolean hairpin, boolean isolated) {
        veth("v0", 100);
        host.rtnl()
                .apply(
                        new Change.SetUp(101, true),
                        new Change.CreateLink(
                                new LinkSpec.Bridge(Head.named("br0").index(90).asUp())),
                        new Change.SetMaster(100, 90),
                        new Change.SetBridgePort(100, true, true),
                        new Change.SetBridgePort(100, hairpin, isolated));

        assertThat(near.link("v0")).contains("\"hairpin\":" + hairpin, "\"isolated\":" + isolated);
        assertThat(host.rtnl().find(100).orElseThrow().bridge().port())
                .hasValueSatisfying(port -> {
                    assertThat(port.hairpin()).isEqualTo(hairpin);
                    assertThat(port.isolated()).isEqualTo(isolated);
                });
        assertThat(host.rtnl().find(101).orElseThrow().bridge().port()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PRIVATE,private,1", "VEPA,vepa,2", "BRIDGE,bridge,4", "PASSTHRU,passthru,8"})
    void aMacvlanIsMadeStraightInThePod(MacvlanMode mode, String shown, int number) {
        veth("base", 30);
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Macvlan(
                                        Head.named("net1").index(77).group(5).in(pod).asUp(),
                                        30,
                                        mode)));
        assertThat(far.link("net1"))
                .contains("\"ifindex\":77", "\"info_kind\":\"macvlan\"", "\"group\":\"5\"")
                .contains("\"mode\":\"" + shown + "\"", "\"link_index\":30", "\"UP\"");
        Link link = pod.rtnl().find("net1").orElseThrow();
        assertThat(link.mode()).hasValue(number);
        assertThat(link.parent()).hasValue(30);
        assertThat(link.kind()).isEqualTo("macvlan");
    }

    @Test
    void theBroadcastQueueOfMacvlanLinksIsTheLongestThatOneOfThemAsksFor() {
        veth("base", 30);
        create(new LinkSpec.Macvlan(Head.named("mv1"), 30, MacvlanMode.BRIDGE, 3000));
        create(new LinkSpec.Macvlan(Head.named("mv2"), 30, MacvlanMode.BRIDGE, 2000));

        assertThat(near.run("ip -j -d link show mv2"))
                .contains("\"bcqueuelen\":2000", "\"usedbcqueuelen\":3000");
        assertThat(host.rtnl().find("mv2").orElseThrow().upper().broadcastQueue()).hasValue(3000);
    }

    private void create(LinkSpec spec) {
        host.rtnl().apply(new Change.CreateLink(spec));
    }

    @Test
    void aKindNobodyKnowsIsMadeFromItsOwnOctets() {
        LinkSpec tun =
                new LinkSpec.Other(
                        Head.named("vx0").index(55), "vxlan", OptionalInt.empty(), vxlan(4242));
        host.rtnl().apply(new Change.CreateLink(tun));
        assertThat(near.link("vx0")).contains("\"info_kind\":\"vxlan\"", "\"id\":4242");
    }

    /// IFLA_VXLAN_ID.
    private static ByteBuffer vxlan(int id) {
        ByteBuffer data = ByteBuffer.allocate(8).order(java.nio.ByteOrder.nativeOrder());
        return data.putShort((short) 8).putShort((short) 1).putInt(id).flip();
    }

    @Test
    void aLinkIsChangedInEveryWay() {
        veth("v0", 30);
        host.rtnl()
                .apply(
                        new Change.CreateLink(new LinkSpec.Bridge(Head.named("br0").index(90))),
                        new Change.SetUp(30, false),
                        new Change.Rename(30, "v9"),
                        new Change.SetMtu(30, 1234),
                        new Change.SetMac(30, MAC),
                        new Change.SetMaster(30, 90),
                        new Change.SetUp(31, true));
        assertThat(near.link("v9"))
                .contains("\"mtu\":1234", "\"address\":\"" + MAC + "\"", "\"master\":\"br0\"")
                .doesNotContain("\"UP\"");
        assertThat(near.link("v0p")).contains("\"UP\"");
        host.rtnl().apply(new Change.SetMaster(30, 0));
        assertThat(near.link("v9")).doesNotContain("\"master\"");
    }

    @Test
    void whatWasAskedOfALinkIsShownAndTakenBack() {
        veth("v0", 30);
        assertThat(host.rtnl().find(30).orElseThrow().settings()).isEqualTo(Link.Settings.DEFAULT);
        host.rtnl()
                .apply(
                        new Change.SetPromiscuous(30, true),
                        new Change.SetAllMulticast(30, true),
                        new Change.SetTransmitQueueLength(30, 77));
        assertThat(near.link("v0")).contains("\"PROMISC\"", "\"ALLMULTI\"", "\"txqlen\":77");
        assertThat(host.rtnl().find(30).orElseThrow().settings())
                .isEqualTo(new Link.Settings(true, true, 77));
        host.rtnl()
                .apply(new Change.SetPromiscuous(30, false), new Change.SetAllMulticast(30, false));
        assertThat(near.link("v0")).doesNotContain("\"PROMISC\"", "\"ALLMULTI\"");
    }

    @Test
    void aPortOfABridgeHearsAllWithoutHavingBeenAskedTo() {
        veth("v0", 30);
        host.rtnl()
                .apply(
                        new Change.CreateLink(
                                new LinkSpec.Bridge(Head.named("br0").index(90).asUp())),
                        new Change.SetMaster(30, 90));
        assertThat(near.link("v0")).contains("\"promiscuity\":1");
        assertThat(host.rtnl().find(30).orElseThrow().settings().promiscuous()).isFalse();
    }

    @Test
    void aLinkTellsWhetherItsParentIsInItsOwnNamespace() {
        veth("base", 30);
        for (OpenNetns place : List.of(host, pod)) {
            host.rtnl()
                    .apply(
                            new Change.CreateLink(
                                    new LinkSpec.Macvlan(
                                            Head.named("net1").index(77).in(place),
                                            30,
                                            MacvlanMode.BRIDGE)));
        }
        Link here = host.rtnl().find(77).orElseThrow();
        Link there = pod.rtnl().find(77).orElseThrow();
        assertThat(here.parent()).isEqualTo(there.parent()).hasValue(30);
        assertThat(here.parentNetns()).isEmpty();
        assertThat(there.parentNetns()).isPresent();
        Link base = host.rtnl().find(30).orElseThrow();
        assertThat(here.isOn(base)).isTrue();
        assertThat(there.isOn(base)).isFalse();
        assertThat(far.link("net1")).contains("\"link_netnsid\":");
    }

    @Test
    void aLinkIsMovedUnderAName() {
        veth("v0", 30);
        host.rtnl().apply(new Change.MoveLink(31, pod, "net7"));
        assertThat(far.link("net7")).contains("\"info_kind\":\"veth\"");
        assertThat(near.run("ip -j link")).doesNotContain("v0p");
    }

    @Test
    void aLinkIsDeletedByItsIndex() {
        veth("v0", 30);
        host.rtnl().apply(new Change.DeleteLink(30));
        assertThat(near.run("ip -j link")).doesNotContain("v0");
        assertThatThrownBy(() -> host.rtnl().apply(new Change.DeleteLink(30)))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.isAbsent()).isTrue())
                .hasMessageContaining("delete link 30 in " + near.path() + ": ENODEV");
    }

    @Test
    void aGroupIsDeletedInOneStepAndNothingElse() {
        for (int i = 0; i < 3; i++) {
            host.rtnl()
                    .apply(
                            new Change.CreateLink(
                                    new LinkSpec.Veth(
                                            Head.named("g" + i).group(70000),
                                            Head.named("p" + i).in(pod))));
        }
        veth("other", 30);
        host.rtnl().apply(new Change.DeleteGroup(70000));
        assertThat(near.run("ip -j link"))
                .doesNotContain("\"g0\"", "\"g1\"", "\"g2\"")
                .contains("other");
        assertThatThrownBy(() -> host.rtnl().apply(new Change.DeleteGroup(70000)))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.isAbsent()).isTrue());
    }

    @Test
    void aRefusalCarriesTheKernelsOwnWords() {
        veth("base", 30);
        assertThatThrownBy(() -> host.rtnl().apply(new Change.SetMtu(30, 1)))
                .isInstanceOf(KernelException.class)
                .hasMessage(
                        "set the MTU of link 30 to 1 in "
                                + near.path()
                                + ": EINVAL (invalid argument), kernel: mtu less than device minimum");
    }

    @Test
    void aLinkThatCannotBeMadeIsNamedWithTheNamespaceItWasMeantFor() {
        LinkSpec spec = new LinkSpec.Macvlan(Head.named("net1").in(pod), 4711, MacvlanMode.BRIDGE);
        assertThatThrownBy(() -> host.rtnl().apply(new Change.CreateLink(spec)))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.isAbsent()).isTrue())
                .hasMessage(
                        "create link net1 (macvlan on 4711) in "
                                + far.path()
                                + ": ENODEV (no such device)");
    }

    @Test
    void aNameThatIsTakenExists() {
        Change create = new Change.CreateLink(new LinkSpec.Bridge(Head.named("br0")));
        host.rtnl().apply(create);
        assertThatThrownBy(() -> host.rtnl().apply(create))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.exists()).isTrue());
    }

    @Test
    void aBatchNamesTheFirstThatFailedAndTheKernelGoesOn() {
        veth("v0", 30);
        assertThatThrownBy(() ->
                        host.rtnl()
                                .apply(
                                        new Change.SetMtu(30, 1400),
                                        new Change.SetMtu(31, 1),
                                        new Change.DeleteLink(4711),
                                        new Change.SetMtu(31, 1300)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("set the MTU of link 31 to 1 in ");
        assertThat(near.link("v0")).contains("\"mtu\":1400");
        assertThat(near.link("v0p")).contains("\"mtu\":1300");
    }

    @Test
    void aLinkIsRemarkedOnAndGetsAndLosesAFurtherName() {
        veth("v0", 100);
        Link before = host.rtnl().find(100).orElseThrow();
        host.rtnl()
                .apply(
                        new Change.AddAltName(100, "further0"),
                        new Change.SetAlias(100, "was ens1f0v3"));
        Link named = host.rtnl().find(100).orElseThrow();
        assertThat(named.altNames()).containsExactly("further0");
        assertThat(named.alias()).isEqualTo("was ens1f0v3");
        assertThat(near.link("v0")).contains("\"ifalias\":\"was ens1f0v3\"", "\"further0\"");
        host.rtnl().apply(new Change.DeleteAltName(100, "further0"), new Change.SetAlias(100, ""));
        assertThat(host.rtnl().find(100)).contains(before);
        assertThat(near.link("v0")).doesNotContain("further0", "ifalias");
    }

    @Test
    void aLinkOfNoHardwareHasNoVirtualFunctionsAndALinkThatIsNotThereIsNoDevice() {
        veth("v0", 100);
        assertThat(host.rtnl().virtualFunctions(100)).isEmpty();
        assertThat(host.rtnl().find(100).orElseThrow().device()).isEmpty();
        assertThatThrownBy(() -> host.rtnl().virtualFunctions(999))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.isAbsent()).isTrue());
    }
}
