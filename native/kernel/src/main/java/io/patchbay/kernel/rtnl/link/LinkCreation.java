package io.patchbay.kernel.rtnl.link;

import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Bridge;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Ipvlan;
import io.patchbay.spi.net.LinkSpec.Macvlan;
import io.patchbay.spi.net.LinkSpec.Other;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.LinkSpec.Vlan;
import java.util.OptionalInt;

/// The request that creates a link, complete: name, index, group, namespace and all.
public final class LinkCreation {
    private LinkCreation() {}

    public static void write(MessageWriter to, LinkSpec spec) {
        to.begin(Rtm.NEWLINK, Rtm.CREATE);
        head(to, spec.head(), spec.head().up() ? Ifla.UP : 0);
        parent(spec).ifPresent(parent -> to.u32(Ifla.LINK, parent));
        if (spec instanceof Veth) {
            oneQueue(to);
        }
        to.nest(Ifla.LINKINFO, () -> kind(to, spec));
    }

    private static void head(MessageWriter to, Head head, int flags) {
        LinkMessages.header(to, head.index(), flags, flags).string(Ifla.IFNAME, head.name());
        if (head.mtu() != 0) {
            to.u32(Ifla.MTU, head.mtu());
        }
        if (head.group() != 0) {
            to.u32(Ifla.GROUP, head.group());
        }
        head.mac().ifPresent(mac -> to.bytes(Ifla.ADDRESS, mac.octets()));
        head.master().ifPresent(master -> to.u32(Ifla.MASTER, master));
        head.in().ifPresent(netns -> to.u32(Ifla.NET_NS_FD, netns.descriptor()));
    }

    private static OptionalInt parent(LinkSpec spec) {
        return switch (spec) {
            case Ipvlan ipvlan -> OptionalInt.of(ipvlan.parent());
            case Macvlan macvlan -> OptionalInt.of(macvlan.parent());
            case Vlan vlan -> OptionalInt.of(vlan.parent());
            case Other other -> other.parent();
            case Veth veth -> OptionalInt.empty();
            case Bridge bridge -> OptionalInt.empty();
        };
    }

    /// A veth has as many queues as the machine has processors unless it is told otherwise, each
    /// with its objects in sysfs: 1.5 ms on 64 of them, against 0.26 ms for one queue.
    private static void oneQueue(MessageWriter to) {
        to.u32(Ifla.NUM_TX_QUEUES, 1).u32(Ifla.NUM_RX_QUEUES, 1);
    }

    private static void kind(MessageWriter to, LinkSpec spec) {
        switch (spec) {
            case Veth veth -> info(to, "veth", () -> to.nest(Ifla.VETH_PEER, () -> peer(to, veth)));
            case Ipvlan ipvlan ->
                    info(
                            to,
                            "ipvlan",
                            () ->
                                    to.u16(Ifla.IPVLAN_MODE, ipvlan.mode().value())
                                            .u16(Ifla.IPVLAN_FLAGS, flags(ipvlan)));
            case Macvlan macvlan -> info(to, "macvlan", () -> macvlan(to, macvlan));
            case Vlan vlan ->
                    info(
                            to,
                            "vlan",
                            () ->
                                    to.u16BigEndian(Ifla.VLAN_PROTOCOL, vlan.protocol().etherType())
                                            .u16(Ifla.VLAN_ID, vlan.id()));
            case Bridge bridge when !bridge.filtersVlans() -> to.string(Ifla.INFO_KIND, "bridge");
            case Bridge bridge -> info(to, "bridge", () -> to.u8(Ifla.BR_VLAN_FILTERING, 1));
            case Other other -> {
                to.string(Ifla.INFO_KIND, other.kind());
                to.bytes(Ifla.INFO_DATA, other.data());
            }
        }
    }

    private static void macvlan(MessageWriter to, Macvlan macvlan) {
        to.u32(Ifla.MACVLAN_MODE, macvlan.mode().value());
        if (macvlan.broadcastQueue() != 0) {
            to.u32(Ifla.MACVLAN_BC_QUEUE_LEN, macvlan.broadcastQueue());
        }
    }

    private static void info(MessageWriter to, String kind, Runnable data) {
        to.string(Ifla.INFO_KIND, kind).nest(Ifla.INFO_DATA, data);
    }

    /// The kernel refuses a peer that is to be created up (ENOTCONN), and ignores its master.
    private static void peer(MessageWriter to, Veth veth) {
        Head peer = veth.peer();
        if (peer.up() || peer.master().isPresent()) {
            throw new IllegalArgumentException(
                    "veth peer %s can be made neither up nor with a master: change it afterwards"
                            .formatted(peer.name()));
        }
        head(to, peer, 0);
        oneQueue(to);
    }

    /// IPVLAN_F_PRIVATE and IPVLAN_F_VEPA.
    private static int flags(Ipvlan ipvlan) {
        return switch (ipvlan.flag()) {
            case BRIDGE -> 0;
            case PRIVATE -> 1;
            case VEPA -> 2;
        };
    }
}
