package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import java.net.InetAddress;
import java.util.List;

/// A gateway that is next to a link, and the table that leads everything of its family there. The
/// routes are as the kernel tells them, so that they can be compared with what it has.
public record Hop(InetAddress gateway, int link, int table) {
    /// What a route of IPv6 gets that asks for none (IP6_RT_PRIO_USER).
    private static final int METRIC_IPV6 = 1024;

    /// A route to what is on the link itself.
    static Route direct(Cidr destination, int link) {
        Route route = Route.to(destination).on(link);
        // IPv6 has no scopes.
        return destination.isIpv6() ? route.metric(METRIC_IPV6) : route.scope(Scope.LINK);
    }

    Route near() {
        return direct(Cidr.host(gateway), link).table(table);
    }

    Route onward() {
        boolean ipv6 = Cidr.host(gateway).isIpv6();
        Route route = Route.to(Cidr.any(ipv6)).via(gateway).on(link).table(table);
        return ipv6 ? route.metric(METRIC_IPV6) : route;
    }

    /// In the order in which the kernel takes them.
    public List<Route> routes() {
        return List.of(near(), onward());
    }
}
