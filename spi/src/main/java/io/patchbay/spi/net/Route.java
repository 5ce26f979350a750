package io.patchbay.spi.net;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// A unicast route. Metric, mtu and advmss 0 mean none.
///
/// @param link the outgoing link; empty leaves it to the gateway
/// @param source the preferred source address
public record Route(
        Cidr destination,
        OptionalInt link,
        Optional<InetAddress> gateway,
        Optional<InetAddress> source,
        int table,
        int metric,
        int mtu,
        int advmss,
        Scope scope) {

    /// The main table (RT_TABLE_MAIN).
    public static final int MAIN = 254;

    /// The table of the host's own addresses (RT_TABLE_LOCAL). Its routes are those that deliver to
    /// the host, not unicast ones.
    public static final int LOCAL = 255;

    /// How far the destination is, in the kernel's numbers (rtnetlink(7)).
    public enum Scope {
        GLOBAL(0),
        LINK(253),
        HOST(254);

        private final int value;

        Scope(int value) {
            this.value = value;
        }

        public int value() {
            return value;
        }
    }

    /// A route in the main table; the destination's host bits are cleared, as the kernel demands.
    public static Route to(Cidr destination) {
        return new Route(
                destination.network(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                MAIN,
                0,
                0,
                0,
                Scope.GLOBAL);
    }

    public Route on(int value) {
        return new Route(
                destination,
                OptionalInt.of(value),
                gateway,
                source,
                table,
                metric,
                mtu,
                advmss,
                scope);
    }

    public Route via(InetAddress value) {
        return new Route(
                destination, link, Optional.of(value), source, table, metric, mtu, advmss, scope);
    }

    public Route source(InetAddress value) {
        return new Route(
                destination, link, gateway, Optional.of(value), table, metric, mtu, advmss, scope);
    }

    public Route table(int value) {
        return new Route(destination, link, gateway, source, value, metric, mtu, advmss, scope);
    }

    public Route metric(int value) {
        return new Route(destination, link, gateway, source, table, value, mtu, advmss, scope);
    }

    public Route mtu(int value) {
        return new Route(destination, link, gateway, source, table, metric, value, advmss, scope);
    }

    public Route advmss(int value) {
        return new Route(destination, link, gateway, source, table, metric, mtu, value, scope);
    }

    public Route scope(Scope value) {
        return new Route(destination, link, gateway, source, table, metric, mtu, advmss, value);
    }
}
