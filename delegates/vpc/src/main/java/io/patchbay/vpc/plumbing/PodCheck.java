package io.patchbay.vpc.plumbing;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.Collection;
import java.util.List;

/// Whether a pod's link and the ways to it are as ADD left them; what is not is code 100.
///
/// @param result of the ADD. It does not tell the pod's default route where another network was
///   asked to carry it
public record PodCheck(Netns host, Netns pod, PodPaths paths, CniResult result) {

    public void run(String podName) {
        Link far = link(pod, paths.podLink(), podName);
        Link near = link(host, paths.hostLink(), "the host's end of " + podName);
        inPod(far, near);
        paths.hostRoutes()
                .forEach(route ->
                        require(host, Told.of(route), route, host.rtnl().routes(route.table())));
        List<Rule> rules = host.rtnl().rules();
        paths.hostRules().forEach(rule -> require(host, Told.of(rule), rule, rules));
    }

    private void inPod(Link far, Link near) {
        List<Cidr> addresses = pod.rtnl().addresses(far.index());
        paths.addresses().forEach(own -> require(pod, "address " + own, own, addresses));
        for (Route route : paths.podRoutes()) {
            if (!hasGone(route)) {
                require(pod, Told.of(route), route, pod.rtnl().routes(route.table()));
            }
        }
        List<Rule> rules = paths.podRules().isEmpty() ? List.of() : pod.rtnl().rules();
        paths.podRules().forEach(rule -> require(pod, Told.of(rule), rule, rules));
        MacAddress mac =
                near.mac().orElseThrow(() -> changed(host, "a MAC address of " + near.name()));
        List<Neighbour> neighbours = pod.rtnl().neighbours(far.index());
        for (Neighbour gateway : paths.neighbours(mac)) {
            String told =
                    "permanent neighbour %s at %s".formatted(Cidr.text(gateway.address()), mac);
            require(pod, told, gateway, neighbours);
        }
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
