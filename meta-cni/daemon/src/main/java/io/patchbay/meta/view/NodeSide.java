package io.patchbay.meta.view;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the node has outside of its pods, read once for all of them.
record NodeSide(Map<Integer, Link> links, List<Route> routes, List<Rule> rules, Pci pci) {
    static NodeSide read(Kernel kernel) {
        try (OpenNetns host = kernel.openHost()) {
            return new NodeSide(
                    host.rtnl().links().stream()
                            .collect(Collectors.toMap(Link::index, Function.identity())),
                    host.rtnl().routes(Route.MAIN),
                    host.rtnl().rules(),
                    kernel.pci());
        }
    }

    Optional<Link> find(int index) {
        return Optional.ofNullable(links.get(index));
    }

    /// The other end of a veth, if it is here: an index alone may be that of another link.
    Optional<Link> peer(Link link) {
        return link.kind().equals("veth") && link.parentNetns().isPresent()
                ? find(link.parent().orElse(0))
                        .filter(other -> other.kind().equals("veth"))
                        .filter(other -> other.parent().orElse(0) == link.index())
                : Optional.empty();
    }

    /// The routes that lead to a pod, by the node's end of its link or to one of its addresses.
    List<Route> routesTo(Optional<Link> peer, List<Cidr> addresses) {
        return routes.stream()
                .filter(route -> !RouteView.isInborn(route))
                .filter(route ->
                        isBy(route, peer)
                                || addresses.stream()
                                        .map(address -> Cidr.host(address.address()))
                                        .anyMatch(route.destination()::equals))
                .toList();
    }

    private static boolean isBy(Route route, Optional<Link> peer) {
        return peer.isPresent() && route.link().orElse(0) == peer.get().index();
    }

    /// The rules that name one of a pod's addresses alone.
    List<Rule> rulesOf(List<Cidr> addresses) {
        List<Cidr> hosts = addresses.stream().map(address -> Cidr.host(address.address())).toList();
        return rules.stream()
                .filter(rule ->
                        rule.from().filter(hosts::contains).isPresent()
                                || rule.to().filter(hosts::contains).isPresent())
                .toList();
    }

    /// Whether a device has no link anywhere, for a process drives it.
    boolean isForUserSpace(String device) {
        try {
            return PciAddress.isOne(device)
                    && pci.find(PciAddress.parse(device))
                            .filter(PciFunction::isForUserSpace)
                            .isPresent();
        } catch (KernelException e) {
            return false;
        }
    }

    /// The physical function's link that a virtual function's belongs to.
    Optional<LinkView.Parent> physical(Link link) {
        try {
            return pci.find(link).flatMap(this::physical);
        } catch (KernelException e) {
            // What the bus does not tell is not shown.
            return Optional.empty();
        }
    }

    private Optional<LinkView.Parent> physical(PciFunction function) {
        if (!(function.kind() instanceof Virtual virtual)) {
            return Optional.empty();
        }
        String name =
                pci.find(virtual.physical()).stream()
                        .flatMap(physical -> physical.links().stream())
                        .map(PciFunction.NetworkLink::name)
                        .findFirst()
                        .orElseGet(virtual.physical()::value);
        return Optional.of(new LinkView.Parent(name, Side.NODE, "VF " + virtual.index()));
    }
}
