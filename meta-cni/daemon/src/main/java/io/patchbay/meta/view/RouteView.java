package io.patchbay.meta.view;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;

/// A route that leads out by an attachment's link, or on the node to it.
///
/// @param link the name of the outgoing link
record RouteView(Route route, String link, Side side) {
    private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/64");

    /// Whether every link of IPv6 has it by itself.
    static boolean isInborn(Route route) {
        return route.destination().equals(LINK_LOCAL) && route.gateway().isEmpty();
    }

    String destination() {
        return route.destination().prefix() == 0 ? "default" : route.destination().toString();
    }

    static String table(int table) {
        return table == Route.MAIN ? "main" : Integer.toUnsignedString(table);
    }
}
