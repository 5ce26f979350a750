package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way to a pod's address and back, on the host and in the pod. The link is point to point: the
/// pod's gateway is an address that nobody has, with a permanent neighbour entry for the host's
/// end, so nothing ever asks for it.
///
/// @param table of the interface that the address is assigned to
/// @param first whether the pod's main table leads here. Any further link is for what comes from
///   its own address, by a table that is numbered as the link is
public record PodRouting(InetAddress address, int table, int hostLink, int podLink, boolean first) {
    static final int TO_POD = 512;
    static final int FROM_POD = 1536;
    static final int IN_POD = 1;

    private static final InetAddress GATEWAY = Cidr.address("169.254.1.1");
    private static final InetAddress GATEWAY_IPV6 = Cidr.address("fe80::1");

    public Cidr cidr() {
        return Cidr.host(address);
    }

    public InetAddress gateway() {
        return cidr().isIpv6() ? GATEWAY_IPV6 : GATEWAY;
    }

    Route hostRoute() {
        return Route.to(cidr()).on(hostLink).scope(Scope.LINK);
    }

    /// From anywhere to the pod by the main table, before any interface's own; from the pod by its
    /// interface.
    List<Rule> hostRules() {
        List<Rule> rules = new ArrayList<>(List.of(Rule.to(cidr(), TO_POD, Route.MAIN)));
        if (table != Route.MAIN) {
            rules.add(Rule.from(cidr(), FROM_POD, table));
        }
        return rules;
    }

    /// Of the pod, in the order in which the kernel takes them.
    public List<Route> podRoutes() {
        int own = first ? Route.MAIN : podLink;
        return List.of(
                Route.to(Cidr.host(gateway())).on(podLink).scope(Scope.LINK).table(own),
                Route.to(Cidr.any(cidr().isIpv6())).via(gateway()).on(podLink).table(own));
    }

    Optional<Rule> podRule() {
        return first ? Optional.empty() : Optional.of(Rule.from(cidr(), IN_POD, podLink));
    }

    Neighbour neighbour(MacAddress hostMac) {
        return new Neighbour(podLink, gateway(), hostMac, true);
    }
}
