package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What leads from what the kernel has to what it should have: missing things are added, and of the
/// rest only what stands in the way is deleted. One may uncover the next (an address that goes may
/// take another along), so one repairs until nothing is left to do.
public record Repair(List<Change> changes, Map<String, String> sysctls) {
    public static Repair of(Wanted wanted, Present present) {
        Repair repair = new Repair(new ArrayList<>(), new LinkedHashMap<>());
        Index index = Index.of(present);
        present.links().forEach(link -> repair.link(link, wanted.links()));
        wanted.primaries().forEach(primary -> repair.primary(primary, present, index));
        wanted.addresses()
                .forEach(carried ->
                        repair.address(carried, present.addressesOf(carried.link()), index));
        wanted.routes().forEach(route -> repair.route(route, index));
        wanted.rules().forEach(rule -> repair.rule(rule, index));
        wanted.connected()
                .forEach(route ->
                        index.alike(route).stream()
                                .filter(found -> isSame(found, route))
                                .forEach(found -> repair.changes.add(new DeleteRoute(found))));
        // What this kernel does not have, or no more, cannot be set.
        wanted.sysctls()
                .forEach((key, value) ->
                        Optional.ofNullable(present.sysctls().get(key))
                                .filter(found -> !found.equals(value))
                                .ifPresent(found -> repair.sysctls.put(key, value)));
        return repair;
    }

    public boolean isEmpty() {
        return changes.isEmpty() && sysctls.isEmpty();
    }

    private void link(Link link, Map<Integer, Integer> wanted) {
        Integer mtu = wanted.get(link.index());
        if (mtu == null) {
            return;
        }
        if (mtu != 0 && mtu != link.mtu()) {
            changes.add(new SetMtu(link.index(), mtu));
        }
        if (!link.up()) {
            changes.add(new SetUp(link.index(), true));
        }
    }

    private void primary(PrimaryRouting primary, Present present, Index index) {
        changes.addAll(primary.missing(present));
        if (present.addressesOf(primary.eni().link()).contains(primary.own())) {
            route(local(primary.eni().link(), primary.own()), index);
        }
    }

    private void address(Carried carried, List<Cidr> present, Index index) {
        present.stream()
                .filter(carried::excludes)
                .forEach(address -> changes.add(new DeleteAddress(carried.link(), address)));
        carried.own()
                .ifPresent(own -> {
                    if (present.contains(own)) {
                        route(local(carried.link(), own), index);
                    } else {
                        changes.add(new AddAddress(carried.link(), own));
                    }
                });
    }

    /// The kernel adds it with the address; `ip route flush table all` takes it alone.
    private static Route local(int link, Cidr address) {
        Route route = Route.to(Cidr.host(address.address())).on(link).table(Route.LOCAL);
        return address.isIpv6() ? route : route.source(address.address()).scope(Scope.HOST);
    }

    private void route(Route wanted, Index present) {
        List<Route> alike = present.alike(wanted);
        if (alike.stream().anyMatch(found -> isSame(found, wanted))) {
            return;
        }
        alike.stream()
                .filter(found -> found.metric() == wanted.metric())
                .forEach(found -> changes.add(new DeleteRoute(found)));
        changes.add(new AddRoute(wanted));
    }

    private void rule(Rule wanted, Index present) {
        List<Rule> alike = present.alike(wanted);
        alike.stream()
                .filter(found -> found.table() != wanted.table())
                .forEach(found -> changes.add(new DeleteRule(found)));
        if (!alike.contains(wanted)) {
            changes.add(new AddRule(wanted));
        }
    }

    private static boolean isSame(Route found, Route wanted) {
        return found.table() == wanted.table()
                && found.destination().equals(wanted.destination())
                && found.link().equals(wanted.link())
                && found.gateway().equals(wanted.gateway());
    }
}
