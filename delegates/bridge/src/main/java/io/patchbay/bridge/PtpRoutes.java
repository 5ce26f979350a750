package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How a pod and its node reach each other over a pair that nobody else is on. The pod's subnet is
/// elsewhere, so all of it goes through the gateway, which alone is on the link; the gateway is the
/// node's end, which knows each of the pod's addresses by itself.
///
/// @param ips each with its gateway
record PtpRoutes(VethPair pair, List<Ip> ips) {

    /// What makes a pod's end, that has its addresses, one of a pair. The kernel's own route to a
    /// subnet that is not there goes.
    List<Change> inPod() {
        List<Change> changes = new ArrayList<>();
        Set<Cidr> done = new HashSet<>();
        for (Ip ip : ips) {
            Route toGateway = toGateway(ip);
            if (done.add(toGateway.destination())) {
                changes.add(new AddRoute(toGateway));
            }
            if (!isAlone(ip.address()) && done.add(ip.address().network())) {
                changes.add(new DeleteRoute(Route.to(ip.address()).on(pair.podIndex())));
                changes.add(new AddRoute(toSubnet(ip)));
            }
        }
        return changes;
    }

    private Route toGateway(Ip ip) {
        InetAddress gateway = gateway(ip);
        Route route =
                Route.to(Cidr.host(gateway)).on(pair.podIndex()).source(ip.address().address());
        // IPv6 knows no scopes of routes.
        return ip.address().isIpv6() ? route : route.scope(Scope.LINK);
    }

    private Route toSubnet(Ip ip) {
        return Route.to(ip.address())
                .on(pair.podIndex())
                .via(gateway(ip))
                .source(ip.address().address());
    }

    private static boolean isAlone(Cidr address) {
        return address.prefix() == Cidr.host(address.address()).prefix();
    }

    private static InetAddress gateway(Ip ip) {
        return ip.gateway().orElseThrow();
    }

    private List<Cidr> gateways() {
        return ips.stream().map(ip -> Cidr.host(gateway(ip))).distinct().toList();
    }

    private Route toPod(Ip ip) {
        Route route = Route.to(Cidr.host(ip.address().address())).on(pair.hostIndex());
        return ip.address().isIpv6() ? route : route.scope(Scope.HOST);
    }

    /// Gives the node's end the gateways, and the node a route to each of the pod's addresses.
    void addOnHost(Netns host) {
        List<Change> changes = new ArrayList<>();
        gateways().forEach(gateway -> changes.add(new AddAddress(pair.hostIndex(), gateway)));
        ips.forEach(ip -> changes.add(new AddRoute(toPod(ip))));
        try {
            host.rtnl().apply(changes);
        } catch (KernelException e) {
            throw e.exists() ? taken(host, e) : e;
        }
    }

    /// The reference plugin goes on, and its pod's answers go to somebody else's.
    private RuntimeException taken(Netns host, KernelException e) {
        List<Route> present = host.rtnl().routes(Route.MAIN);
        for (Ip ip : ips) {
            for (Route route : present) {
                if (route.destination().equals(toPod(ip).destination())
                        && route.link().orElse(0) != pair.hostIndex()) {
                    String link =
                            host.rtnl().find(route.link().orElse(0)).map(Link::name).orElse("none");
                    return CniException.invalidConfig(
                            "address %s is routed to another link of the host already (%s): give the pod another one"
                                    .formatted(route.destination(), link));
                }
            }
        }
        return e;
    }

    void check(Netns host, Netns pod) {
        List<Cidr> addresses = host.rtnl().addresses(pair.hostIndex());
        for (Cidr gateway : gateways()) {
            if (!addresses.contains(gateway)) {
                throw CniException.changed(
                        "link %s should have address %s, the gateway of %s, and has %s"
                                .formatted(pair.hostName(), gateway, pair.podName(), addresses));
            }
        }
        List<Route> onHost = host.rtnl().routes(Route.MAIN);
        // Source-based routing moves the routes of a link into a table of its own.
        List<Route> inPod =
                pod.rtnl().rules().stream()
                        .map(Rule::table)
                        .distinct()
                        .flatMap(table -> pod.rtnl().routes(table).stream())
                        .toList();
        for (Ip ip : ips) {
            requireRoute(onHost, toPod(ip), host);
            requireRoute(inPod, toGateway(ip), pod);
            if (!isAlone(ip.address())) {
                requireRoute(inPod, toSubnet(ip), pod);
            }
        }
    }

    private static void requireRoute(List<Route> present, Route wanted, Netns where) {
        boolean there =
                present.stream()
                        .anyMatch(route ->
                                route.destination().equals(wanted.destination())
                                        && route.link().equals(wanted.link())
                                        && route.gateway().equals(wanted.gateway()));
        if (!there) {
            throw CniException.changed(
                    "route %s on link %d should be in %s, and is not there"
                            .formatted(
                                    wanted.destination(), wanted.link().orElse(0), where.path()));
        }
    }
}
