package io.patchbay.chained;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The routes that leave by a link in the main table, and which of them are an address's.
record LinkRoutes(List<Route> routes) {

    static LinkRoutes of(int link, List<Route> main) {
        return new LinkRoutes(
                main.stream()
                        .filter(route -> route.link().orElse(0) == link)
                        .sorted(Comparator.comparing(route -> route.gateway().isPresent()))
                        .toList());
    }

    /// Those of an address: what begins at it, what goes by a gateway of its subnet, and what is of
    /// no address in particular. A route by a gateway of nobody's subnet is every address's, for it
    /// would be lost else.
    ///
    /// @param all the link's addresses
    List<Route> routesOf(Cidr address, List<Cidr> all) {
        return routes.stream()
                .filter(route -> route.destination().isIpv6() == address.isIpv6())
                .filter(route -> isOf(route, address, all))
                .toList();
    }

    private static boolean isOf(Route route, Cidr address, List<Cidr> all) {
        Optional<InetAddress> near = route.source().or(route::gateway);
        return near.isEmpty()
                || address.contains(near.get())
                || all.stream().noneMatch(other -> other.contains(near.get()));
    }

    /// Those of a family that has an address to take them along. The link's own ones of IPv6 stay:
    /// link-local neighbours are spoken to from link-local addresses, which have no branch.
    List<Route> movedWith(List<Cidr> addresses) {
        return routes.stream()
                .filter(route ->
                        addresses.stream()
                                .anyMatch(address ->
                                        address.isIpv6() == route.destination().isIpv6()))
                .filter(route -> !route.destination().address().isLinkLocalAddress())
                .toList();
    }

    /// With a route to each gateway before it is needed, where none on the link covers it.
    static List<Route> withGatewaysOnLink(int link, List<Route> routes) {
        List<Route> all =
                new ArrayList<>(
                        routes.stream().filter(route -> route.gateway().isEmpty()).toList());
        List<Route> far = routes.stream().filter(route -> route.gateway().isPresent()).toList();
        for (Route route : far) {
            InetAddress gateway = route.gateway().orElseThrow();
            if (!gateway.isLinkLocalAddress()
                    && all.stream().noneMatch(near -> near.destination().contains(gateway))) {
                all.add(Route.to(Cidr.host(gateway)).on(link).scope(onLink(gateway)));
            }
        }
        all.addAll(far);
        return all;
    }

    private static Route.Scope onLink(InetAddress gateway) {
        return Cidr.host(gateway).isIpv6() ? Route.Scope.GLOBAL : Route.Scope.LINK;
    }
}
