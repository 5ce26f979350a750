package io.patchbay.kernel.rtnl.route;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// Requests about routes. Source: linux/rtnetlink.h.
///
/// ```
///  0        1        2        3     4       5          6       7      8       12
///  +--------+--------+--------+-----+-------+----------+-------+------+-------+-----------
///  | u8     | u8     | u8     | u8  | u8    | u8       | u8    | u8   | u32   | attributes
///  | family | length | length | tos | table | protocol | scope | type | flags |
///  |        | of dst | of src |     |       |          |       |      |       |
///  +--------+--------+--------+-----+-------+----------+-------+------+-------+-----------   struct rtmsg
/// ```
public final class RouteMessages {
    static final int HEADER = 12;
    static final int SHORT_TABLE = 4;
    static final int DST = 1;
    static final int OIF = 4;
    static final int GATEWAY = 5;
    static final int PRIORITY = 6;
    static final int PREFSRC = 7;
    static final int METRICS = 8;
    static final int MULTIPATH = 9;
    static final int TABLE = 15;
    static final int VIA = 18;
    static final int METRIC_MTU = 2;
    static final int METRIC_ADVMSS = 8;

    /// Where a dump is not of one table (RT_TABLE_UNSPEC).
    public static final int ALL_TABLES = 0;

    private static final int UNICAST = 1;
    private static final int TO_HOST = 2;

    /// The kernel takes a route of its own away with the address that it is of.
    private static final int PROTOCOL_KERNEL = 2;

    private static final int PROTOCOL_STATIC = 4;

    /// Matches any scope on deletion (RT_SCOPE_NOWHERE).
    private static final int ANY_SCOPE = 255;

    private RouteMessages() {}

    public static void add(MessageWriter to, Route route) {
        to.begin(Rtm.NEWROUTE, Rtm.CREATE);
        int protocol = route.table() == Route.LOCAL ? PROTOCOL_KERNEL : PROTOCOL_STATIC;
        header(to, route, protocol, route.scope().value(), type(route.table()));
        where(to, route);
        route.source().ifPresent(source -> to.bytes(PREFSRC, source.getAddress()));
        if (route.mtu() != 0 || route.advmss() != 0) {
            to.nest(METRICS, () -> metrics(to, route));
        }
    }

    /// RTN_LOCAL in the local table, where unicast routes have no place.
    static int type(int table) {
        return table == Route.LOCAL ? TO_HOST : UNICAST;
    }

    public static void delete(MessageWriter to, Route route) {
        to.begin(Rtm.DELROUTE, Rtm.ONE);
        header(to, route, 0, ANY_SCOPE, 0);
        where(to, route);
    }

    private static void header(MessageWriter to, Route route, int protocol, int scope, int type) {
        to.putU8(Family.of(route.destination().isIpv6()).value())
                .putU8(route.destination().prefix())
                .putU8(0)
                .putU8(0)
                .putU8(shortTable(route.table()))
                .putU8(protocol)
                .putU8(scope)
                .putU8(type)
                .putU32(0);
    }

    /// A table above 255 does not fit the header, which then says RT_TABLE_UNSPEC.
    private static int shortTable(int table) {
        return isShort(table) ? table : 0;
    }

    private static boolean isShort(int table) {
        return Integer.compareUnsigned(table, 256) < 0;
    }

    private static void where(MessageWriter to, Route route) {
        if (route.destination().prefix() > 0) {
            to.bytes(DST, route.destination().address().getAddress());
        }
        route.gateway().ifPresent(gateway -> gateway(to, route, gateway));
        route.link().ifPresent(link -> to.u32(OIF, link));
        if (!isShort(route.table())) {
            to.u32(TABLE, route.table());
        }
        if (route.metric() != 0) {
            to.u32(PRIORITY, route.metric());
        }
    }

    /// A gateway of the other family goes into a struct rtvia: u16 family, address.
    private static void gateway(MessageWriter to, Route route, InetAddress gateway) {
        byte[] octets = gateway.getAddress();
        if (Family.of(gateway) == Family.of(route.destination().isIpv6())) {
            to.bytes(GATEWAY, octets);
            return;
        }
        ByteBuffer via = ByteBuffer.allocate(2 + octets.length).order(ByteOrder.nativeOrder());
        to.bytes(VIA, via.putShort((short) Family.of(gateway).value()).put(octets).array());
    }

    private static void metrics(MessageWriter to, Route route) {
        if (route.mtu() != 0) {
            to.u32(METRIC_MTU, route.mtu());
        }
        if (route.advmss() != 0) {
            to.u32(METRIC_ADVMSS, route.advmss());
        }
    }

    public static void getAll(MessageWriter to, Family family, int table) {
        to.begin(Rtm.GETROUTE, Rtm.ALL)
                .putU8(family.value())
                .putU8(0)
                .putU8(0)
                .putU8(0)
                .putU32(0)
                .putU32(0)
                .u32(TABLE, table);
    }

    /// The table of a route of whatever type, unless that leaves by one link alone.
    ///
    /// @param besides that link
    public static void readTable(Message message, int besides, Consumer<Integer> to) {
        if (message.type() != Rtm.NEWROUTE) {
            return;
        }
        Attributes attributes = message.attributes(HEADER);
        int table = Byte.toUnsignedInt(message.payload().get(SHORT_TABLE));
        int link = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case TABLE -> table = attributes.u32();
                case OIF -> link = attributes.u32();
                default -> {}
            }
        }
        if (link == 0 || link != besides) {
            to.accept(table);
        }
    }

    public static void read(Message message, int table, Consumer<Route> to) {
        if (message.type() == Rtm.NEWROUTE) {
            new RouteReader(message).of(table).ifPresent(to);
        }
    }
}
