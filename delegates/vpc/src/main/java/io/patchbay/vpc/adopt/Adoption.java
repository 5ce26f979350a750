package io.patchbay.vpc.adopt;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.pool.Holding;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose the addresses are of a node that was the VPC CNI's.
///
/// @param holdings the addresses of running pods, by owner, which their DEL frees
/// @param leftovers rules of pods that are no more: their addresses are free
public record Adoption(List<Holding> holdings, List<Rule> leftovers) {
    private static final int TO_POD = 512;
    private static final int FROM_POD = 1536;

    public Adoption {
        holdings = List.copyOf(holdings);
        leftovers = List.copyOf(leftovers);
    }

    /// An allocation is a running pod's if the host has a route of one address to the pod's link;
    /// or, where that link has no such route at all (a link that went down loses its routes), if
    /// there is the link. What instance metadata tells has no say, for it may lag. A link of
    /// another name is another pod's, which got the address later.
    ///
    /// @param routes of the main table
    /// @param enis what is known of the interfaces; an address may be of none
    public static Adoption of(
            Checkpoint checkpoint,
            List<Rule> rules,
            List<Route> routes,
            List<Link> links,
            List<Eni> enis) {
        Map<InetAddress, Integer> routed = new HashMap<>();
        routes.forEach(route ->
                ofOneHost(Optional.of(route.destination()))
                        .filter(_ -> route.gateway().isEmpty())
                        .ifPresent(address ->
                                route.link().ifPresent(link -> routed.put(address, link))));
        List<Holding> holdings = new ArrayList<>();
        List<Rule> leftovers = new ArrayList<>();
        for (Allocation allocation : checkpoint.allocations()) {
            List<Rule> own = rules.stream().filter(rule -> isOf(rule, allocation)).toList();
            Optional<Integer> link = link(allocation, routed, links);
            if (link.isPresent()) {
                holdings.add(holding(allocation, link.get(), own, enis));
            } else if (!routed.containsKey(allocation.address())) {
                leftovers.addAll(own);
            }
        }
        return new Adoption(holdings, leftovers);
    }

    private static Optional<Integer> link(
            Allocation allocation, Map<InetAddress, Integer> routed, List<Link> links) {
        Optional<Integer> byRoute = Optional.ofNullable(routed.get(allocation.address()));
        boolean named = !allocation.pod().name().isEmpty();
        return links.stream()
                .filter(link -> !named || link.name().endsWith(allocation.linkSuffix()))
                .map(Link::index)
                .filter(index ->
                        byRoute.map(index::equals)
                                .orElseGet(() -> named && !routed.containsValue(index)))
                .findFirst();
    }

    private static Holding holding(
            Allocation allocation, int link, List<Rule> own, List<Eni> enis) {
        Optional<Eni> eni = enis.stream().filter(one -> one.has(allocation.address())).findFirst();
        return new Holding(
                allocation.address(),
                allocation.id(),
                eni.map(Eni::id).orElse(""),
                own.stream()
                        .filter(rule -> rule.priority() == FROM_POD)
                        .map(Rule::table)
                        .findFirst()
                        .orElse(Route.MAIN),
                link,
                Optional.empty(),
                Optional.of(allocation.pod()).filter(pod -> !pod.name().isEmpty()),
                true);
    }

    private static boolean isOf(Rule rule, Allocation allocation) {
        Optional<InetAddress> address =
                switch (rule.priority()) {
                    case TO_POD -> ofOneHost(rule.to());
                    case FROM_POD -> ofOneHost(rule.from());
                    default -> Optional.empty();
                };
        return address.filter(allocation.address()::equals).isPresent();
    }

    private static Optional<InetAddress> ofOneHost(Optional<Cidr> prefix) {
        return prefix.filter(one -> one.equals(Cidr.host(one.address()))).map(Cidr::address);
    }
}
