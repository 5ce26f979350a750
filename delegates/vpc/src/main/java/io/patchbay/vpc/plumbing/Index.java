package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The routes and rules of a node by what they are about: with a hundred pods, to look for each
/// among all would be most of what a look at the node costs.
record Index(Map<Route, List<Route>> routes, Map<Rule, List<Rule>> rules) {
    static Index of(Present present) {
        return new Index(
                grouped(present.routes(), Index::subject),
                grouped(present.rules(), Index::subject));
    }

    private static <T> Map<T, List<T>> grouped(Collection<T> all, Function<T, T> subject) {
        return all.stream().collect(Collectors.groupingBy(subject));
    }

    /// Those of the same table that lead to the same destination.
    List<Route> alike(Route route) {
        return routes.getOrDefault(subject(route), List.of());
    }

    /// Those that match the same packets at the same priority, whatever table they lead to.
    List<Rule> alike(Rule rule) {
        return rules.getOrDefault(subject(rule), List.of());
    }

    private static Route subject(Route route) {
        return Route.to(route.destination()).table(route.table());
    }

    private static Rule subject(Rule rule) {
        return new Rule(
                rule.ipv6(),
                rule.priority(),
                rule.from(),
                rule.to(),
                rule.incoming(),
                rule.mark(),
                rule.mask(),
                0);
    }
}
