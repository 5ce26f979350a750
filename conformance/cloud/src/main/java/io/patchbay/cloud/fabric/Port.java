package io.patchbay.cloud.fabric;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The fabric's end of an interface.
///
/// @param eni as it is routed now
record Port(int link, String name, Spot spot, NetworkInterface eni) {
    Port with(NetworkInterface next) {
        return new Port(link, name, spot, next);
    }

    /// Everything of IPv4 that is assigned; IPv6 is not carried.
    static Set<String> blocks(NetworkInterface eni) {
        return eni.assigned()
                .filter(block -> !block.isIpv6())
                .map(block -> block.network().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// By way of the primary address, whose neighbour entry is the only one: so a prefix costs no
    /// more than an address.
    Route route(String block) {
        Cidr destination = Cidr.parse(block);
        return destination.equals(Cidr.host(eni.primary()))
                ? Route.to(destination).on(link).scope(Scope.LINK)
                : Route.to(destination).via(eni.primary()).on(link);
    }

    Neighbour neighbour() {
        return new Neighbour(link, eni.primary(), eni.mac(), true);
    }
}
