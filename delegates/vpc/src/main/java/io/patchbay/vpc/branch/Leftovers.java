package io.patchbay.vpc.branch;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What earlier pods left where a branch is to be: the controller gives a VLAN's id to another
/// branch as soon as it has taken it from the last one, whatever has become of that on the node. It
/// is deleted where no note knows of it and no link of a pod is behind it; anything else is refused
/// with code 11, for the DEL that ends it may still come.
///
/// @param links by index, with which their routes go
record Leftovers(List<Integer> links, List<Rule> rules) {
    private static final int TO_POD = 512;
    private static final int FROM_POD = 1536;

    /// What the kernel has.
    ///
    /// @param table the routes of the branch's table
    /// @param main those of the main table
    record Seen(List<Link> links, List<Rule> rules, List<Route> table, List<Route> main) {
        Optional<Link> link(Predicate<Link> which) {
            return links.stream().filter(which).findFirst();
        }

        /// Where packets for an address go, if to one of the host's links straight.
        Optional<Link> behind(List<Route> routes, Cidr address) {
            return routes.stream()
                    .filter(route -> route.destination().equals(address))
                    .filter(route -> route.gateway().isEmpty())
                    .flatMap(route ->
                            link(found -> route.link().orElse(0) == found.index()).stream())
                    .findFirst();
        }
    }

    /// @param others the branches that notes know, but for this attachment's own
    static Leftovers of(Branch branch, int trunk, Collection<Branch> others, Seen seen) {
        refuseNoted(branch, others);
        List<Link> stale =
                seen.links().stream().filter(link -> isInTheWay(branch, trunk, link)).toList();
        stale.forEach(link -> refuseForeign(branch, trunk, link));
        living(branch, seen)
                .ifPresent(link -> {
                    throw CniException.tryAgain(
                            "VLAN %d of the trunk of this node is to be that of pod %s, and still leads to link %s (index %d), which no note knows: it ends with its pod; where there is none, delete it"
                                    .formatted(
                                            branch.vlan(),
                                            branch.pod(),
                                            link.name(),
                                            link.index()));
                });
        return new Leftovers(
                stale.stream().map(Link::index).toList(),
                seen.rules().stream().filter(rule -> isStale(branch, rule, seen)).toList());
    }

    private static void refuseNoted(Branch branch, Collection<Branch> others) {
        for (Branch other : others) {
            if (other.vlan() == branch.vlan() || other.mac().equals(branch.mac())) {
                throw CniException.tryAgain(
                        "VLAN %d of interface %s is to be that of pod %s, and pod %s still has VLAN %d of interface %s: it waits for its DEL"
                                .formatted(
                                        branch.vlan(),
                                        branch.eni(),
                                        branch.pod(),
                                        other.pod(),
                                        other.vlan(),
                                        other.eni()));
            }
        }
    }

    /// Of its name, of its VLAN, or with its MAC address on the same trunk.
    private static boolean isInTheWay(Branch branch, int trunk, Link link) {
        boolean onTrunk = link.kind().equals("vlan") && link.parent().orElse(0) == trunk;
        return link.name().equals(branch.name())
                || (onTrunk
                        && (link.vlan().orElse(0) == branch.vlan()
                                || link.mac().filter(branch.mac()::equals).isPresent()));
    }

    private static void refuseForeign(Branch branch, int trunk, Link link) {
        if (!link.kind().equals("vlan")
                || link.parent().orElse(0) != trunk
                || link.vlan().orElse(0) != branch.vlan()) {
            throw CniException.tryAgain(
                    "link %s (index %d) is in the way of VLAN %d with MAC address %s of pod %s, and is another than that: delete it"
                            .formatted(
                                    link.name(),
                                    link.index(),
                                    branch.vlan(),
                                    branch.mac(),
                                    branch.pod()));
        }
    }

    /// The link of a pod that the VLAN, or one of the branch's addresses, still leads to.
    private static Optional<Link> living(Branch branch, Seen seen) {
        Predicate<Link> pods = link -> !link.name().equals(branch.name());
        return byRule(branch, seen)
                .or(() ->
                        seen.table().stream()
                                .filter(route -> route.gateway().isEmpty())
                                .flatMap(route ->
                                        seen.behind(seen.table(), route.destination()).stream())
                                .filter(pods)
                                .findFirst())
                .or(() ->
                        seen.rules().stream()
                                .filter(rule -> isFromPod(branch, rule))
                                .flatMap(rule -> rule.from().stream())
                                .flatMap(address -> seen.behind(seen.main(), address).stream())
                                .findFirst())
                .or(() ->
                        branch.ways().stream()
                                .flatMap(way -> seen.behind(seen.main(), way.cidr()).stream())
                                .findFirst());
    }

    private static Optional<Link> byRule(Branch branch, Seen seen) {
        return seen.rules().stream()
                .filter(rule -> isStrict(branch, rule))
                .flatMap(rule -> rule.incoming().stream())
                .filter(name -> !name.equals(branch.name()))
                .flatMap(name -> seen.link(link -> link.name().equals(name)).stream())
                .findFirst();
    }

    private static boolean isStrict(Branch branch, Rule rule) {
        return rule.priority() == BranchRouting.STRICT && rule.table() == branch.table();
    }

    private static boolean isFromPod(Branch branch, Rule rule) {
        return rule.priority() == FROM_POD && rule.table() == branch.table();
    }

    /// Once nothing living is behind the VLAN.
    private static boolean isStale(Branch branch, Rule rule, Seen seen) {
        return switch (rule.priority()) {
            case BranchRouting.FROM_ROUTER -> isIncoming(rule, branch.name());
            case BranchRouting.STRICT ->
                    isStrict(branch, rule)
                            || isIncoming(rule, branch.name())
                            || isIncoming(rule, branch.hostName());
            case FROM_POD -> isFromPod(branch, rule) || isOfBranch(branch, rule.from());
            case TO_POD ->
                    isOfBranch(branch, rule.to())
                            || seen.rules().stream()
                                    .anyMatch(other ->
                                            isFromPod(branch, other)
                                                    && other.from().equals(rule.to()));
            default -> false;
        };
    }

    private static boolean isIncoming(Rule rule, String link) {
        return rule.incoming().filter(link::equals).isPresent();
    }

    private static boolean isOfBranch(Branch branch, Optional<Cidr> address) {
        return address.filter(
                        found -> branch.ways().stream().anyMatch(way -> way.cidr().equals(found)))
                .isPresent();
    }
}
