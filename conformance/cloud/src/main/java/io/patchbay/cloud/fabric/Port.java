package io.patchbay.cloud.fabric;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import java.net.InetAddress;

/// The fabric's end of an interface.
///
/// @param eni as it is routed now
record Port(int link, String name, Spot spot, NetworkInterface eni) {
    private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/64");

    Port with(NetworkInterface next) {
        return new Port(link, name, spot, next);
    }

    /// By way of the interface's own hop, whose neighbour entry is the only one of its family: so a
    /// prefix costs no more than an address.
    Route route(Cidr block) {
        Cidr hop = Cidr.host(hop(Family.of(block)));
        return block.equals(hop)
                ? Route.to(block).on(link).scope(Scope.LINK)
                : Route.to(block).via(hop.address()).on(link);
    }

    Neighbour neighbour(Family family) {
        return new Neighbour(link, hop(family), eni.mac(), true);
    }

    /// Of IPv6 a link-local one, which a gateway is to be; nobody need have it, since the neighbour
    /// entry tells the MAC address.
    private InetAddress hop(Family family) {
        return switch (family) {
            case IPV4 -> eni.primary();
            case IPV6 -> LINK_LOCAL.at(eni.mac().value());
        };
    }
}
