package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.List;

/// How packets from a secondary interface's addresses leave by it: a table of its own, and a rule
/// that leads there. What is there already is left alone.
record EniRouting(EniLink eni) {
    static final int PRIORITY = 32765;

    /// What is missing, and what stands in the way.
    ///
    /// @param table the routes of the interface's own table
    /// @param main the routes of the main table
    List<Change> changes(List<Route> table, List<Route> main, List<Rule> rules) {
        List<Change> changes = new ArrayList<>();
        for (Route wanted : List.of(toGateway(), throughGateway())) {
            if (table.stream().noneMatch(present -> isSame(present, wanted))) {
                table.stream()
                        .filter(present -> present.destination().equals(wanted.destination()))
                        .forEach(present -> changes.add(new DeleteRoute(present)));
                changes.add(new AddRoute(wanted));
            }
        }
        Rule wanted = rule();
        rules.stream()
                .filter(rule -> rule.priority() == PRIORITY && rule.from().equals(wanted.from()))
                .filter(rule -> !rule.equals(wanted))
                .forEach(rule -> changes.add(new DeleteRule(rule)));
        if (!rules.contains(wanted)) {
            changes.add(new AddRule(wanted));
        }
        // The kernel adds it with the address; it would lead the node's own packets for the subnet
        // out of two interfaces.
        main.stream()
                .filter(this::isConnected)
                .forEach(route -> changes.add(new DeleteRoute(route)));
        return changes;
    }

    private Route toGateway() {
        return Route.to(Cidr.host(eni.eni().gateway()))
                .on(eni.link())
                .scope(Scope.LINK)
                .table(eni.eni().table());
    }

    private Route throughGateway() {
        return Route.to(Cidr.any(eni.eni().subnet().isIpv6()))
                .via(eni.eni().gateway())
                .on(eni.link())
                .table(eni.eni().table());
    }

    private Rule rule() {
        return Rule.from(Cidr.host(eni.eni().primary()), PRIORITY, eni.eni().table());
    }

    private static boolean isSame(Route present, Route wanted) {
        return present.destination().equals(wanted.destination())
                && present.link().equals(wanted.link())
                && present.gateway().equals(wanted.gateway());
    }

    private boolean isConnected(Route route) {
        return route.destination().equals(eni.eni().subnet().network())
                && route.link().equals(toGateway().link())
                && route.gateway().isEmpty();
    }
}
