package io.patchbay.vpc.plumbing;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.util.Collection;
import java.util.List;

/// Whether a pod's link and the way to it are as ADD left them; what is not is code 100.
///
/// @param result of the ADD. It does not tell the pod's default route where another network was
///   asked to carry it
public record PodCheck(Netns host, Netns pod, PodRouting routing, CniResult result) {

    public void run(String podName) {
        Link far = link(pod, routing.podLink(), podName);
        Link near = link(host, routing.hostLink(), "the host's end of " + podName);
        require(
                pod,
                "address " + routing.cidr(),
                routing.cidr(),
                pod.rtnl().addresses(far.index()));
        for (Route route : routing.podRoutes()) {
            if (!hasGone(route)) {
                require(pod, Told.of(route), route, pod.rtnl().routes(route.table()));
            }
        }
        routing.podRule().ifPresent(rule -> require(pod, Told.of(rule), rule, pod.rtnl().rules()));
        MacAddress mac =
                near.mac().orElseThrow(() -> changed(host, "a MAC address of " + near.name()));
        require(
                pod,
                "permanent neighbour %s at %s".formatted(Cidr.text(routing.gateway()), mac),
                routing.neighbour(mac),
                pod.rtnl().neighbours(far.index()));
        require(
                host,
                Told.of(routing.hostRoute()),
                routing.hostRoute(),
                host.rtnl().routes(Route.MAIN));
        List<?> rules = host.rtnl().rules();
        routing.hostRules().forEach(rule -> require(host, Told.of(rule), rule, rules));
    }

    private boolean hasGone(Route route) {
        return route.table() == Route.MAIN
                && route.destination().prefix() == 0
                && result.routes().stream()
                        .noneMatch(told ->
                                told.destination().equals(route.destination())
                                        && told.gateway().equals(route.gateway()));
    }

    private static Link link(Netns netns, int index, String name) {
        Link link =
                netns.rtnl()
                        .find(index)
                        .orElseThrow(
                                () -> changed(netns, "link %s (index %d)".formatted(name, index)));
        if (!link.up()) {
            throw CniException.changed(
                    "link %s of %s should be up, and is down".formatted(link.name(), netns.path()));
        }
        return link;
    }

    private static void require(Netns netns, String told, Object wanted, Collection<?> present) {
        if (!present.contains(wanted)) {
            throw changed(netns, told);
        }
    }

    private static CniException changed(Netns netns, String what) {
        return CniException.changed(
                "%s should be in %s, and is not there".formatted(what, netns.path()));
    }
}
