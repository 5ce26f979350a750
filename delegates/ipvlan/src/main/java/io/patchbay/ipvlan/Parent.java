package io.patchbay.ipvlan;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The link of the host that a network's links are made on.
final class Parent {
    private Parent() {}

    /// The parent of a network, fit to carry links. Refuses one that is missing, down, a port of a
    /// bridge or a bond, or too small for the MTU that is asked for.
    static Link of(Netns host, UpperLinkConfig config) {
        return of(host, config, Standard.INVALID_NETWORK_CONFIG);
    }

    /// @param refusal the code of a refusal: 7 for an ADD, 50 for STATUS
    static Link of(Netns host, UpperLinkConfig config, ErrorCode refusal) {
        Link parent = find(host, config, refusal);
        if (!parent.up()) {
            throw new CniException(
                    refusal, "%s is down: set it up first".formatted(title(parent, config)));
        }
        Optional<Link> master = master(host, parent);
        if (master.isPresent()) {
            throw new CniException(
                    refusal,
                    "%s is a port of %s, which takes all its packets: name that link instead"
                            .formatted(title(parent, config), master.get().name()));
        }
        if (config.mtu() > parent.mtu()) {
            throw new CniException(
                    refusal,
                    "\"mtu\" is %d, but %s has %d: ask for no more than that, or raise it there"
                            .formatted(config.mtu(), title(parent, config), parent.mtu()));
        }
        return parent;
    }

    private static Link find(Netns host, UpperLinkConfig config, ErrorCode refusal) {
        if (config.parent().isPresent()) {
            String name = config.parent().get();
            return host.rtnl()
                    .find(name)
                    .orElseThrow(() ->
                            new CniException(
                                    refusal,
                                    "\"master\" is \"%s\", and the host has no such link: create it, or name another one"
                                            .formatted(name)));
        }
        return defaultLink(host.rtnl().routes(Route.MAIN)).stream()
                .mapToObj(host.rtnl()::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() ->
                        new CniException(
                                refusal,
                                "no \"master\" is named, and the host has no default route to take one from: name it"));
    }

    /// The link of the default route: IPv4's before IPv6's, then the lowest metric's.
    static OptionalInt defaultLink(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.destination().prefix() == 0 && route.link().isPresent())
                .min(
                        Comparator.comparing((Route route) -> route.destination().isIpv6())
                                .thenComparingInt(Route::metric))
                .map(Route::link)
                .orElse(OptionalInt.empty());
    }

    private static String title(Link parent, UpperLinkConfig config) {
        return config.parent().isPresent()
                ? "link %s (\"master\")".formatted(parent.name())
                : "link %s (of the host's default route, for no \"master\" is named)"
                        .formatted(parent.name());
    }

    // A VRF routes for its ports, and leaves their packets to whoever else wants them.
    private static Optional<Link> master(Netns host, Link parent) {
        return parent.master().stream()
                .mapToObj(host.rtnl()::find)
                .flatMap(Optional::stream)
                .filter(master -> !master.kind().equals("vrf"))
                .findFirst();
    }

    /// The links on a parent that are in the host's own namespace. Those in pods cannot be seen
    /// from here: a namespace shows its own links only.
    static List<Link> visibleOn(Netns host, Link parent) {
        return host.rtnl().links().stream()
                .filter(link -> link.parent().equals(OptionalInt.of(parent.index())))
                .toList();
    }
}
