package io.patchbay.meta.selftest;

import io.patchbay.meta.selftest.Seen.PodLink;
import io.patchbay.meta.selftest.Seen.Reply;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Looks at a pod from inside: its links, its routes, and whether its gateways answer.
record PodView(Netns pod) {
    /// A switch may take a while to forward, and a neighbour to be found.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    Seen look(CniResult result) {
        List<PodLink> links = links();
        List<Route> routes = pod.rtnl().routes(Route.MAIN);
        Map<InetAddress, Reply> replies = new LinkedHashMap<>();
        for (InetAddress gateway : gateways(result, routes)) {
            replies.put(gateway, ask(gateway, links, routes));
        }
        return new Seen(result, links, routes, replies);
    }

    List<PodLink> links() {
        return pod.rtnl().links().stream()
                .filter(link -> !link.name().equals("lo"))
                .map(link -> new PodLink(link, pod.rtnl().addresses(link.index())))
                .toList();
    }

    private static Set<InetAddress> gateways(CniResult result, List<Route> routes) {
        Set<InetAddress> gateways = new LinkedHashSet<>();
        result.ips().forEach(ip -> ip.gateway().ifPresent(gateways::add));
        routes.forEach(route -> route.gateway().ifPresent(gateways::add));
        return gateways;
    }

    private Reply ask(InetAddress gateway, List<PodLink> links, List<Route> routes) {
        Optional<PodLink> link = towards(gateway, links, routes);
        if (link.isPresent()) {
            int index = link.get().link().index();
            boolean fixed =
                    pod.rtnl().neighbours(index).stream()
                            .filter(Neighbour::permanent)
                            .anyMatch(one -> one.address().equals(gateway));
            if (fixed) {
                return Reply.FIXED;
            }
            if (pod.announcer().claim(index, List.of(gateway), PATIENCE).isPresent()) {
                return Reply.NEIGHBOUR;
            }
        }
        return pod.inside(() -> isReachable(gateway)) ? Reply.PING : Reply.NONE;
    }

    private static Optional<PodLink> towards(
            InetAddress gateway, List<PodLink> links, List<Route> routes) {
        Optional<PodLink> near =
                links.stream()
                        .filter(one ->
                                one.addresses().stream().anyMatch(it -> it.contains(gateway)))
                        .findFirst();
        return near.or(() ->
                routes.stream()
                        .filter(route ->
                                route.gateway().filter(gateway::equals).isPresent()
                                        || route.destination().equals(Cidr.host(gateway)))
                        .flatMap(route -> route.link().stream().boxed())
                        .flatMap(index ->
                                links.stream()
                                        .filter(one -> Objects.equals(one.link().index(), index)))
                        .findFirst());
    }

    /// An echo request, for root may send one.
    private static boolean isReachable(InetAddress gateway) {
        try {
            return gateway.isReachable((int) PATIENCE.toMillis());
        } catch (IOException e) {
            // No route, or a firewall of the pod's own: it does not answer.
            return false;
        }
    }
}
