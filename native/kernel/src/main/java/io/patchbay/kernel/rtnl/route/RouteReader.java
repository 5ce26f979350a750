package io.patchbay.kernel.rtnl.route;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads a route out of an RTM_NEWROUTE, attribute by attribute. Of a route with several hops the
/// first is told.
final class RouteReader {
    private static final int FAMILY = 0;
    private static final int DST_LENGTH = 1;
    private static final int SCOPE = 6;
    private static final int TYPE = 7;

    /// struct rtnexthop: u16 length, u8 flags, u8 hops, s32 link; then attributes.
    private static final int HOP_HEADER = 8;

    private final Message message;
    private final Attributes attributes;
    private InetAddress destination;
    private OptionalInt link = OptionalInt.empty();
    private Optional<InetAddress> gateway = Optional.empty();
    private Optional<InetAddress> source = Optional.empty();
    private int table;
    private int metric;
    private int mtu;
    private int advmss;

    RouteReader(Message message) {
        this.message = message;
        this.attributes = message.attributes(RouteMessages.HEADER);
        this.table = octet(RouteMessages.SHORT_TABLE);
        this.destination = Family.of(octet(FAMILY) == Family.INET6.value()).any();
    }

    private int octet(int at) {
        return Byte.toUnsignedInt(message.payload().get(at));
    }

    Optional<Route> of(int wanted) {
        if (octet(TYPE) != RouteMessages.type(wanted)) {
            return Optional.empty();
        }
        while (attributes.next()) {
            read(attributes);
        }
        if (table != wanted) {
            return Optional.empty();
        }
        return Optional.of(
                new Route(
                        Family.prefix(destination, octet(DST_LENGTH)),
                        link,
                        gateway,
                        source,
                        table,
                        metric,
                        mtu,
                        advmss,
                        scope(octet(SCOPE))));
    }

    private static Scope scope(int value) {
        for (Scope scope : Scope.values()) {
            if (scope.value() == value) {
                return scope;
            }
        }
        return Scope.GLOBAL;
    }

    private void read(Attributes attribute) {
        switch (attribute.type()) {
            case RouteMessages.DST -> destination = Family.address(attribute.bytes());
            case RouteMessages.OIF -> link = OptionalInt.of(attribute.u32());
            case RouteMessages.GATEWAY -> gateway = Optional.of(Family.address(attribute.bytes()));
            case RouteMessages.VIA -> {
                ByteBuffer via = attribute.raw();
                byte[] octets = new byte[Math.max(via.limit() - 2, 0)];
                via.get(via.limit() - octets.length, octets);
                gateway = Optional.of(Family.address(octets));
            }
            case RouteMessages.PREFSRC -> source = Optional.of(Family.address(attribute.bytes()));
            case RouteMessages.PRIORITY -> metric = attribute.u32();
            case RouteMessages.TABLE -> table = attribute.u32();
            case RouteMessages.METRICS -> readMetrics(attribute.nested());
            case RouteMessages.MULTIPATH -> readFirstHop(attribute.raw());
            default -> {}
        }
    }

    private void readMetrics(Attributes metrics) {
        while (metrics.next()) {
            switch (metrics.type()) {
                case RouteMessages.METRIC_MTU -> mtu = metrics.u32();
                case RouteMessages.METRIC_ADVMSS -> advmss = metrics.u32();
                default -> {}
            }
        }
    }

    private void readFirstHop(ByteBuffer hops) {
        if (hops.limit() < HOP_HEADER) {
            return;
        }
        int length = Math.min(Short.toUnsignedInt(hops.getShort(0)), hops.limit());
        link = OptionalInt.of(hops.getInt(4));
        if (length > HOP_HEADER) {
            Attributes hop =
                    new Attributes(hops.slice(HOP_HEADER, length - HOP_HEADER).order(hops.order()));
            while (hop.next()) {
                read(hop);
            }
        }
    }
}
