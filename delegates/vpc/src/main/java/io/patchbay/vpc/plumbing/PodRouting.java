package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way to one of a pod's addresses and back, on the host and in the pod. The link is point to
/// point: the pod's gateway is an address that nobody else asks for, with a permanent neighbour
/// entry for the host's end.
///
/// @param table of the interface that the address is assigned to
/// @param reach who finds the way to the pod
/// @param first whether the pod's main table leads here. Any further link is for what comes from
///   its own addresses, by a table that is numbered as the link is
public record PodRouting(
        InetAddress address, int table, int hostLink, int podLink, boolean first, Reach reach) {
    /// Who finds the way to a pod's address on its host.
    public enum Reach {
        /// Everybody, the node and its other pods too.
        NODE,
        /// Who looks the interface's own table up.
        INTERFACE
    }

    static final int TO_POD = 512;
    static final int FROM_POD = 1536;
    static final int IN_POD = 1;
    static final InetAddress GATEWAY_IPV6 = Cidr.address("fe80::1");

    private static final InetAddress GATEWAY = Cidr.address("169.254.1.1");

    public PodRouting(InetAddress address, int table, int hostLink, int podLink, boolean first) {
        this(address, table, hostLink, podLink, first, Reach.NODE);
    }

    /// As the host alone knows it.
    PodRouting onHost() {
        return new PodRouting(address, table, hostLink, 0, first, reach);
    }

    public Cidr cidr() {
        return Cidr.host(address);
    }

    Family family() {
        return Family.of(address);
    }

    public InetAddress gateway() {
        return switch (family()) {
            case IPV4 -> GATEWAY;
            case IPV6 -> GATEWAY_IPV6;
        };
    }

    Route hostRoute() {
        return Hop.direct(cidr(), hostLink).table(reach == Reach.NODE ? Route.MAIN : table);
    }

    /// From anywhere to the pod by the main table, before any interface's own; from the pod by its
    /// interface.
    List<Rule> hostRules() {
        if (reach == Reach.INTERFACE) {
            return List.of();
        }
        List<Rule> rules = new ArrayList<>(List.of(Rule.to(cidr(), TO_POD, Route.MAIN)));
        if (table != Route.MAIN) {
            rules.add(Rule.from(cidr(), FROM_POD, table));
        }
        return rules;
    }

    /// Of the pod, for the whole family, in the order in which the kernel takes them.
    List<Route> podRoutes() {
        Hop hop = new Hop(gateway(), podLink, first ? Route.MAIN : podLink);
        List<Route> routes = new ArrayList<>(hop.routes());
        if (!first && family() == Family.IPV4) {
            routes.add(beside(hop));
        }
        return routes;
    }

    /// The main table's default route may be moved to this link, and the kernel takes no gateway of
    /// IPv4 that it has no route to by that link. The metric keeps it apart from the first link's.
    private static Route beside(Hop hop) {
        return hop.near().table(Route.MAIN).metric(hop.link());
    }

    Optional<Rule> podRule() {
        return first ? Optional.empty() : Optional.of(Rule.from(cidr(), IN_POD, podLink));
    }

    Neighbour neighbour(MacAddress hostMac) {
        return new Neighbour(podLink, gateway(), hostMac, true);
    }
}
