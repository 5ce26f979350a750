package io.patchbay.chained;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Branches in the kernel: how they come, how they go, and whether they are there.
record SourceRouting(Branches branches) {
    private static final int ENETUNREACH = 101;
    private static final int EHOSTUNREACH = 113;
    private static final Set<Integer> UNFIT =
            Set.of(
                    KernelException.EINVAL,
                    KernelException.EEXIST,
                    KernelException.EOPNOTSUPP,
                    ENETUNREACH,
                    EHOSTUNREACH);

    /// A table is filled before its rule leads there, and the main table keeps its routes until
    /// then: what is sent meanwhile finds a way.
    void apply(Netns pod) {
        List<Change> changes = new ArrayList<>();
        for (Branch branch : branches.branches()) {
            branch.routes().forEach(route -> changes.add(new AddRoute(route)));
            changes.add(new AddRule(branch.rule()));
        }
        leaving().forEach(route -> changes.add(new DeleteRoute(route)));
        arriving().forEach(route -> changes.add(new AddRoute(route)));
        try {
            pod.rtnl().apply(changes);
        } catch (KernelException e) {
            throw UNFIT.contains(e.errno()) ? unfit(e) : e;
        }
    }

    private CniException unfit(KernelException e) {
        return new CniException(
                Standard.INVALID_NETWORK_CONFIG,
                "%s cannot be routed by its addresses %s: %s"
                        .formatted(
                                branches.id(),
                                branches.branches().stream().map(Branch::source).toList(),
                                e.getMessage()),
                e);
    }

    /// A route that has the hint already stays where it is.
    private List<Route> leaving() {
        return branches.moved().stream()
                .filter(route -> !branches.hints().contains(route))
                .toList();
    }

    private List<Route> arriving() {
        return branches.hints().stream()
                .filter(route -> !branches.moved().contains(route))
                .toList();
    }

    /// Takes the rules away, and puts the routes back where the link stays.
    ///
    /// @param group the link group of the sandbox, whose links go, and their routes with them
    void remove(Netns pod, int group) {
        Rtnl rtnl = pod.rtnl();
        branches.branches().forEach(branch -> attempt(rtnl, new DeleteRule(branch.rule())));
        if (rtnl.find(branches.link()).filter(link -> link.group() != group).isEmpty()) {
            return;
        }
        arriving().forEach(route -> attempt(rtnl, new DeleteRoute(route)));
        leaving().forEach(route -> attempt(rtnl, new AddRoute(route)));
        for (Branch branch : branches.branches()) {
            branch.routes().reversed().forEach(route -> attempt(rtnl, new DeleteRoute(route)));
        }
    }

    /// What is there or gone already is as it should be.
    private static void attempt(Rtnl rtnl, Change change) {
        try {
            rtnl.apply(change);
        } catch (KernelException e) {
            if (!e.isAbsent() && !e.exists()) {
                throw e;
            }
        }
    }

    /// Throws code 100 where a rule or a route is gone.
    void check(Netns pod) {
        List<Rule> rules = pod.rtnl().rules();
        Map<Integer, List<Route>> tables = new HashMap<>();
        for (Branch branch : branches.branches()) {
            if (!rules.contains(branch.rule())) {
                throw CniException.changed(
                        "%s should have rule %d from %s to table %d, and has none"
                                .formatted(
                                        pod.path(),
                                        branch.priority(),
                                        branch.source().address().getHostAddress(),
                                        branch.table()));
            }
            List<Route> there =
                    tables.computeIfAbsent(branch.table(), table -> pod.rtnl().routes(table));
            branch.routes().forEach(route -> check(pod, route, there));
        }
    }

    private static void check(Netns pod, Route route, List<Route> there) {
        boolean found =
                there.stream()
                        .filter(other -> other.destination().equals(route.destination()))
                        .filter(other -> other.link().equals(route.link()))
                        .anyMatch(other -> other.gateway().equals(route.gateway()));
        if (!found) {
            throw CniException.changed(
                    "route %s should be in table %d of %s, and is not there"
                            .formatted(route.destination(), route.table(), pod.path()));
        }
    }
}
