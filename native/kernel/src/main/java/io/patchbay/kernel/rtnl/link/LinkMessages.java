package io.patchbay.kernel.rtnl.link;

import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.nio.charset.StandardCharsets;

/// Requests about a link that exists.
///
/// ```
///  0        1      2        4         8       12       16
///  +--------+------+--------+---------+-------+--------+-----------
///  | u8     | pad  | u16    | s32     | u32   | u32    | attributes
///  | family |      | type   | index   | flags | change |
///  +--------+------+--------+---------+-------+--------+-----------   struct ifinfomsg
/// ```
public final class LinkMessages {
    static final int HEADER = 16;

    private LinkMessages() {}

    static MessageWriter header(MessageWriter to, int index, int flags, int change) {
        return to.putU32(0).putU32(index).putU32(flags).putU32(change);
    }

    private static MessageWriter change(MessageWriter to, int link) {
        return header(to.begin(Rtm.NEWLINK, Rtm.ONE), link, 0, 0);
    }

    public static void setUp(MessageWriter to, int link, boolean up) {
        flag(to, link, Ifla.UP, up);
    }

    public static void setPromiscuous(MessageWriter to, int link, boolean on) {
        flag(to, link, Ifla.PROMISC, on);
    }

    public static void setAllMulticast(MessageWriter to, int link, boolean on) {
        flag(to, link, Ifla.ALLMULTI, on);
    }

    private static void flag(MessageWriter to, int link, int flag, boolean on) {
        header(to.begin(Rtm.NEWLINK, Rtm.ONE), link, on ? flag : 0, flag);
    }

    public static void setArpNotify(MessageWriter to, int link, boolean on) {
        change(to, link)
                .nest(
                        Ifla.AF_SPEC,
                        () ->
                                to.nest(
                                        Family.INET.value(),
                                        () -> ofIpv4(to, Ifla.ARP_NOTIFY, on ? 1 : 0)));
    }

    /// IPv4's settings of a link are attributes, each by its number (inet_set_link_af in
    /// net/ipv4/devinet.c). IPv6's are not: inet6_set_link_af in net/ipv6/addrconf.c takes a token
    /// and how to make addresses, and nothing else.
    private static void ofIpv4(MessageWriter to, int setting, int value) {
        to.nest(Ifla.INET_CONF, () -> to.u32(setting, value));
    }

    public static void setTransmitQueueLength(MessageWriter to, int link, int length) {
        change(to, link).u32(Ifla.TXQLEN, length);
    }

    public static void rename(MessageWriter to, int link, String name) {
        change(to, link).string(Ifla.IFNAME, name);
    }

    public static void setMtu(MessageWriter to, int link, int mtu) {
        change(to, link).u32(Ifla.MTU, mtu);
    }

    public static void setMac(MessageWriter to, int link, MacAddress mac) {
        change(to, link).bytes(Ifla.ADDRESS, mac.octets());
    }

    public static void setMaster(MessageWriter to, int link, int master) {
        change(to, link).u32(Ifla.MASTER, master);
    }

    public static void move(MessageWriter to, int link, Netns netns, String name) {
        change(to, link).u32(Ifla.NET_NS_FD, netns.descriptor()).string(Ifla.IFNAME, name);
    }

    public static void setAlias(MessageWriter to, int link, String alias) {
        change(to, link).bytes(Ifla.IFALIAS, alias.getBytes(StandardCharsets.UTF_8));
    }

    public static void addAltName(MessageWriter to, int link, String name) {
        altName(to, Rtm.NEWLINKPROP, Rtm.FURTHER, link, name);
    }

    public static void deleteAltName(MessageWriter to, int link, String name) {
        altName(to, Rtm.DELLINKPROP, Rtm.ONE, link, name);
    }

    private static void altName(MessageWriter to, int type, int flags, int link, String name) {
        header(to.begin(type, flags), link, 0, 0)
                .nest(Ifla.NESTED | Ifla.PROP_LIST, () -> to.string(Ifla.ALT_IFNAME, name));
    }

    public static void delete(MessageWriter to, int link) {
        header(to.begin(Rtm.DELLINK, Rtm.ONE), link, 0, 0);
    }

    public static void deleteGroup(MessageWriter to, int group) {
        header(to.begin(Rtm.DELLINK, Rtm.ONE), 0, 0, 0).u32(Ifla.GROUP, group);
    }

    public static void get(MessageWriter to, String name) {
        header(to.begin(Rtm.GETLINK, Rtm.ONE), 0, 0, 0)
                .string(Ifla.IFNAME, name)
                .u32(Ifla.EXT_MASK, Ifla.SKIP_STATS);
    }

    public static void get(MessageWriter to, int index) {
        header(to.begin(Rtm.GETLINK, Rtm.ONE), index, 0, 0).u32(Ifla.EXT_MASK, Ifla.SKIP_STATS);
    }

    public static void getAll(MessageWriter to) {
        header(to.begin(Rtm.GETLINK, Rtm.ALL), 0, 0, 0).u32(Ifla.EXT_MASK, Ifla.SKIP_STATS);
    }
}
