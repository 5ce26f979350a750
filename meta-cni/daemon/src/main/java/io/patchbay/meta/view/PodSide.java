package io.patchbay.meta.view;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pod has inside, read once for all of its attachments.
///
/// @param routes of every table but the local one
/// @param rules all but the three that every namespace is born with
record PodSide(Rtnl rtnl, Map<Integer, Link> links, List<Route> routes, List<Rule> rules) {
    /// RT_TABLE_DEFAULT, which the last of the three rules looks up (linux/rtnetlink.h).
    private static final int LAST_TABLE = 253;

    static PodSide read(Rtnl rtnl) {
        return new PodSide(
                rtnl,
                rtnl.links().stream().collect(Collectors.toMap(Link::index, Function.identity())),
                rtnl.tables(0).stream()
                        .filter(table -> table != Route.LOCAL)
                        .sorted()
                        .flatMap(table -> rtnl.routes(table).stream())
                        .filter(route -> !RouteView.isInborn(route))
                        .toList(),
                rtnl.rules().stream().filter(rule -> !isInborn(rule)).toList());
    }

    private static boolean isInborn(Rule rule) {
        return rule.from().isEmpty()
                && rule.to().isEmpty()
                && rule.incoming().isEmpty()
                && rule.mask() == 0
                && Set.of(Route.LOCAL, Route.MAIN, LAST_TABLE).contains(rule.table());
    }

    Optional<Link> find(String name) {
        return links.values().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    List<Cidr> addresses(Link link) {
        return rtnl.addresses(link.index());
    }

    List<RouteView> routes(Link link) {
        return routes.stream()
                .filter(route -> route.link().orElse(0) == link.index())
                .map(route -> new RouteView(route, link.name(), Side.POD))
                .toList();
    }

    /// The rules that are about a link: they match by it or by one of its addresses, or look up a
    /// table of its own.
    List<RuleView> rules(Link link, List<Cidr> addresses) {
        Set<Integer> tables =
                routes(link).stream()
                        .map(view -> view.route().table())
                        .filter(table -> table != Route.MAIN)
                        .collect(Collectors.toSet());
        return rules.stream()
                .filter(rule ->
                        tables.contains(rule.table())
                                || rule.incoming().filter(link.name()::equals).isPresent()
                                || isOf(rule, addresses))
                .map(rule -> new RuleView(rule, Side.POD))
                .toList();
    }

    private static boolean isOf(Rule rule, List<Cidr> addresses) {
        return Stream.concat(rule.from().stream(), rule.to().stream())
                .anyMatch(prefix ->
                        prefix.prefix() > 0
                                && addresses.stream()
                                        .anyMatch(one -> prefix.contains(one.address())));
    }

    /// What a link is plugged into.
    Optional<LinkView.Parent> parent(Link link, NodeSide node) {
        Optional<Link> peer = node.peer(link);
        if (peer.isPresent()) {
            return Optional.of(
                    peer.get().master().stream()
                            .boxed()
                            .flatMap(master -> node.find(master).stream())
                            .findFirst()
                            .map(bridge -> onNode(bridge.name(), peer.get().name()))
                            .orElseGet(() -> onNode(peer.get().name(), "")));
        }
        int below = link.parent().orElse(0);
        if (below == 0 || below == link.index()) {
            return node.physical(link);
        }
        if (link.parentNetns().isPresent()) {
            return Optional.of(
                    node.find(below)
                            .map(parent -> onNode(parent.name(), ""))
                            .orElseGet(() -> onNode("link " + below, "in another namespace")));
        }
        return Optional.ofNullable(links.get(below))
                .map(parent -> new LinkView.Parent(parent.name(), Side.POD, ""));
    }

    private static LinkView.Parent onNode(String name, String port) {
        return new LinkView.Parent(name, Side.NODE, port);
    }
}
