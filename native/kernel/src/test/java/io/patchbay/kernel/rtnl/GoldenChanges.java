package io.patchbay.kernel.rtnl;

import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.IpvlanFlag;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VlanProtocol;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What each captured command says, in our words. Link 10 is base, 12 br9, 13 spare, 30 the one
/// that is deleted; ip had the other namespace open as 4.
final class GoldenChanges {
    private static final int BASE = 10;
    private static final int SPARE = 13;
    private static final Netns FAR = new FarNetns(4);
    private static final int TABLE = 1000;

    static final Map<String, Change> ALL =
            Map.ofEntries(
                    link(
                            "create-veth",
                            new LinkSpec.Veth(
                                    Head.named("near").index(20).mtu(1400).group(77).mac(mac(0x14)),
                                    Head.named("net0").index(21).group(77).mac(mac(0x15)))),
                    link(
                            "create-veth-far",
                            new LinkSpec.Veth(Head.named("near2"), Head.named("net1").in(FAR))),
                    link(
                            "create-veth-enslaved",
                            new LinkSpec.Veth(Head.named("near3").master(12), Head.named("net2"))),
                    link(
                            "create-bridge",
                            new LinkSpec.Bridge(Head.named("br0").index(22).mac(mac(0x16)))),
                    link("create-bridge-filtering", new LinkSpec.Bridge(Head.named("br1"), true)),
                    link(
                            "create-macvlan-far",
                            new LinkSpec.Macvlan(
                                    Head.named("mv0").index(23).in(FAR), BASE, MacvlanMode.BRIDGE)),
                    link(
                            "create-macvlan-passthru",
                            new LinkSpec.Macvlan(Head.named("mv1"), BASE, MacvlanMode.PASSTHRU)),
                    link(
                            "create-macvlan-queue",
                            new LinkSpec.Macvlan(
                                    Head.named("mv3"), BASE, MacvlanMode.BRIDGE, 2000)),
                    link(
                            "create-vlan-service",
                            new LinkSpec.Vlan(
                                    Head.named("vlan200"), BASE, 200, VlanProtocol.DOT1AD)),
                    link(
                            "create-ipvlan-far",
                            new LinkSpec.Ipvlan(
                                    Head.named("iv0").index(24).in(FAR),
                                    BASE,
                                    IpvlanMode.L3S,
                                    IpvlanFlag.PRIVATE)),
                    link(
                            "create-ipvlan-vepa",
                            new LinkSpec.Ipvlan(
                                    Head.named("iv1"), BASE, IpvlanMode.L2, IpvlanFlag.VEPA)),
                    link(
                            "create-vlan",
                            new LinkSpec.Vlan(
                                    Head.named("vlan100").index(25).mtu(1496), BASE, 100)),
                    link(
                            "create-other",
                            new LinkSpec.Other(
                                    Head.named("mv2"),
                                    "macvtap",
                                    OptionalInt.of(BASE),
                                    ByteBuffer.allocate(0))),
                    Map.entry("set-up", new Change.SetUp(SPARE, true)),
                    Map.entry("set-down", new Change.SetUp(SPARE, false)),
                    Map.entry("rename", new Change.Rename(SPARE, "renamed")),
                    Map.entry("set-mtu", new Change.SetMtu(SPARE, 1300)),
                    Map.entry("set-mac", new Change.SetMac(SPARE, mac(0xaa))),
                    Map.entry("set-master", new Change.SetMaster(SPARE, 12)),
                    Map.entry("set-bridge-port", new Change.SetBridgePort(SPARE, true, true)),
                    Map.entry(
                            "add-bridge-vlan",
                            new Change.AddBridgeVlans(SPARE, BridgeVlans.ofUntagged(100))),
                    Map.entry(
                            "add-bridge-vlans",
                            new Change.AddBridgeVlans(SPARE, BridgeVlans.tagged(200, 300))),
                    Map.entry("delete-bridge-vlan", new Change.DeleteBridgeVlans(SPARE, 1, 1)),
                    Map.entry("delete-bridge-vlans", new Change.DeleteBridgeVlans(SPARE, 1, 4094)),
                    Map.entry("free-master", new Change.SetMaster(SPARE, 0)),
                    Map.entry("set-promiscuous", new Change.SetPromiscuous(SPARE, true)),
                    Map.entry("clear-promiscuous", new Change.SetPromiscuous(SPARE, false)),
                    Map.entry("set-all-multicast", new Change.SetAllMulticast(SPARE, true)),
                    Map.entry("clear-all-multicast", new Change.SetAllMulticast(SPARE, false)),
                    Map.entry("set-arp-notify", new Change.SetArpNotify(SPARE, true)),
                    Map.entry("clear-arp-notify", new Change.SetArpNotify(SPARE, false)),
                    Map.entry(
                            "set-transmit-queue-length",
                            new Change.SetTransmitQueueLength(SPARE, 500)),
                    Map.entry("set-alias", new Change.SetAlias(SPARE, "uplink")),
                    Map.entry("add-alt-name", new Change.AddAltName(SPARE, "enp1s0")),
                    Map.entry("delete-alt-name", new Change.DeleteAltName(SPARE, "enp1s0")),
                    function("mac", new VirtualFunction.Mac(mac(0x33))),
                    function("vlan", new VirtualFunction.Vlan(100, 5, VlanProtocol.DOT1AD)),
                    function("spoofchk", new VirtualFunction.SpoofCheck(true)),
                    function("trust", new VirtualFunction.Trust(true)),
                    function("rate", new VirtualFunction.Rate(50, 1000)),
                    function("state", VirtualFunction.State.DISABLE),
                    Map.entry("move-link", new Change.MoveLink(SPARE, FAR, "eth7")),
                    Map.entry("delete-link", new Change.DeleteLink(30)),
                    Map.entry("delete-group", new Change.DeleteGroup(700)),
                    add("add-address-v4", "10.1.2.3/24"),
                    add("add-address-v4-host", "10.1.9.9/32"),
                    add("add-address-v6", "2001:db8::1/64"),
                    delete("delete-address-v4", "10.1.9.9/32"),
                    delete("delete-address-v6", "2001:db8::1/64"),
                    route("add-route-via", to("10.50.0.0/16", "10.9.0.2").metric(50)),
                    route(
                            "add-route-link",
                            Route.to(Cidr.parse("10.51.0.0/16"))
                                    .on(BASE)
                                    .scope(Route.Scope.LINK)
                                    .source(Cidr.address("10.9.0.1"))),
                    route(
                            "add-route-default-v6",
                            to("::/0", "2001:db8:9::2").mtu(1400).advmss(1300)),
                    route("add-route-table", to("10.52.0.0/16", "10.9.0.2").table(TABLE)),
                    route("add-route-other-family", to("10.53.0.0/16", "2001:db8:9::2")),
                    Map.entry(
                            "delete-route",
                            new Change.DeleteRoute(to("10.52.0.0/16", "10.9.0.2").table(TABLE))),
                    rule("add-rule-from", Rule.from(Cidr.parse("10.9.0.1/32"), TABLE, TABLE)),
                    rule("add-rule-to-v6", Rule.to(Cidr.parse("2001:db8:7::/48"), 1001, 100)),
                    rule(
                            "add-rule-mark",
                            new Rule(
                                    false,
                                    1002,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of("base"),
                                    0x80,
                                    0x80,
                                    Route.MAIN)),
                    Map.entry(
                            "delete-rule",
                            new Change.DeleteRule(
                                    Rule.from(Cidr.parse("10.9.0.1/32"), TABLE, TABLE))),
                    Map.entry(
                            "add-neighbour", new Change.AddNeighbour(neighbour("10.9.0.7", true))),
                    Map.entry(
                            "add-neighbour-v6",
                            new Change.AddNeighbour(neighbour("2001:db8:9::7", false))),
                    Map.entry(
                            "delete-neighbour",
                            new Change.DeleteNeighbour(neighbour("10.9.0.7", true))));

    private GoldenChanges() {}

    private static MacAddress mac(int last) {
        return new MacAddress(0x0200_0000_0000L | last);
    }

    private static Neighbour neighbour(String address, boolean permanent) {
        return new Neighbour(BASE, Cidr.address(address), mac(7), permanent);
    }

    private static Route to(String destination, String gateway) {
        return Route.to(Cidr.parse(destination)).on(BASE).via(Cidr.address(gateway));
    }

    private static Map.Entry<String, Change> link(String name, LinkSpec spec) {
        return Map.entry(name, new Change.CreateLink(spec));
    }

    private static Map.Entry<String, Change> add(String name, String address) {
        return Map.entry(name, new Change.AddAddress(BASE, Cidr.parse(address)));
    }

    private static Map.Entry<String, Change> delete(String name, String address) {
        return Map.entry(name, new Change.DeleteAddress(BASE, Cidr.parse(address)));
    }

    private static Map.Entry<String, Change> route(String name, Route route) {
        return Map.entry(name, new Change.AddRoute(route));
    }

    private static Map.Entry<String, Change> function(
            String name, VirtualFunction.Setting setting) {
        return Map.entry("set-vf-" + name, new Change.SetVirtualFunction(SPARE, 3, setting));
    }

    private static Map.Entry<String, Change> rule(String name, Rule rule) {
        return Map.entry(name, new Change.AddRule(rule));
    }
}
