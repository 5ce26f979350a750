package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The routes of a lease in the kernel's words.
final class LeasedRoutes {
    /// What the kernel makes of an IPv6 route without a metric (IP6_RT_PRIO_USER).
    private static final int IPV6_METRIC = 1024;

    private LeasedRoutes() {}

    static Route of(CniResult.Route told, LeasedLink link) {
        boolean ipv6 = told.destination().isIpv6();
        Optional<Scope> scope = scope(told);
        Optional<InetAddress> gateway = told.gateway();
        if (gateway.isEmpty() && scope.orElse(Scope.GLOBAL) == Scope.GLOBAL) {
            gateway = link.gateway(ipv6);
        }
        Route route =
                Route.to(told.destination())
                        .on(link.index())
                        .table(told.table().orElse(Route.MAIN))
                        .metric(told.priority().orElse(0))
                        .mtu(told.mtu())
                        .advmss(told.advmss())
                        .scope(
                                scope.orElse(
                                        gateway.isEmpty() && !ipv6 ? Scope.LINK : Scope.GLOBAL));
        return gateway.map(route::via).orElse(route);
    }

    private static Optional<Scope> scope(CniResult.Route told) {
        if (told.scope().isEmpty()) {
            return Optional.empty();
        }
        int value = told.scope().getAsInt();
        return Optional.of(
                Stream.of(Scope.values())
                        .filter(scope -> scope.value() == value)
                        .findFirst()
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "route %s has scope %d: it is 0 (global), 253 (link) or 254 (host)"
                                                .formatted(told.destination(), value))));
    }

    /// The routes of a link, behind what the pod has already: two attachments of one network bring
    /// the same routes, and the first shall keep its own.
    static List<Route> behindThoseOf(Netns pod, LeasedLink link) {
        Map<Integer, List<Route>> tables = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        for (CniResult.Route told : link.lease().routes()) {
            Route route = of(told, link);
            List<Route> there =
                    tables.computeIfAbsent(
                            route.table(),
                            table -> withConnected(pod.rtnl().routes(table), link, table));
            route = behind(there, route, told.priority().isPresent());
            there.add(route);
            routes.add(route);
        }
        return routes;
    }

    private static List<Route> withConnected(List<Route> routes, LeasedLink link, int table) {
        List<Route> all = new ArrayList<>(routes);
        if (table == Route.MAIN) {
            link.lease().ips().stream()
                    .map(ip -> ip.address())
                    .filter(address -> !address.isIpv6())
                    .forEach(address -> all.add(Route.to(address)));
        }
        return all;
    }

    /// @param stated whether the lease gives the metric: it is raised only as far as it is taken;
    ///   otherwise the route comes behind all of its destination
    static Route behind(List<Route> there, Route route, boolean stated) {
        Set<Integer> taken =
                there.stream()
                        .filter(other -> other.destination().equals(route.destination()))
                        .map(LeasedRoutes::metric)
                        .collect(Collectors.toSet());
        int metric = metric(route);
        if (!stated && !taken.isEmpty()) {
            metric = Math.max(metric, Collections.max(taken) + 1);
        }
        while (taken.contains(metric)) {
            metric++;
        }
        return metric == metric(route) ? route : route.metric(metric);
    }

    private static int metric(Route route) {
        return route.metric() == 0 && route.destination().isIpv6() ? IPV6_METRIC : route.metric();
    }

    static void check(Netns pod, LeasedLink link) {
        Map<Integer, List<Route>> tables = new HashMap<>();
        for (CniResult.Route told : link.lease().routes()) {
            Route route = of(told, link);
            boolean there =
                    tables.computeIfAbsent(route.table(), pod.rtnl()::routes).stream()
                            .anyMatch(found -> isSame(told, route, found));
            if (!there && !isMoved(pod, told, route)) {
                throw CniException.changed(
                        "route %s of link %s should be in table %d of %s, and is not there"
                                .formatted(told(told), link.name(), route.table(), pod.path()));
            }
        }
    }

    // Source-based routing moves the routes of a link into a table of its own.
    private static boolean isMoved(Netns pod, CniResult.Route told, Route route) {
        return pod.rtnl().rules().stream()
                .mapToInt(Rule::table)
                .distinct()
                .mapToObj(pod.rtnl()::routes)
                .flatMap(List::stream)
                .anyMatch(found -> isSame(told, route, found));
    }

    private static boolean isSame(CniResult.Route told, Route wanted, Route found) {
        return found.destination().equals(wanted.destination())
                && found.link().equals(wanted.link())
                && found.gateway().equals(wanted.gateway())
                && (told.scope().isEmpty() || isScoped(wanted, found))
                && (told.priority().isEmpty() || found.metric() >= metric(wanted))
                && (told.mtu() == 0 || found.mtu() == told.mtu())
                && (told.advmss() == 0 || found.advmss() == told.advmss());
    }

    /// The kernel keeps no scope of an IPv6 route.
    private static boolean isScoped(Route wanted, Route found) {
        return wanted.destination().isIpv6() || found.scope() == wanted.scope();
    }

    static String told(CniResult.Route route) {
        Cidr destination = route.destination();
        return route.gateway()
                .map(gateway -> destination + " via " + Cidr.text(gateway))
                .orElseGet(destination::toString);
    }
}
