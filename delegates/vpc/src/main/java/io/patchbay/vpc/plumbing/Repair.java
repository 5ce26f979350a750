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
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What leads from what the kernel has to what it should have: missing things are added, and of the
/// rest only what stands in the way is deleted. One may uncover the next (an address that goes may
/// take another along), so one repairs until nothing is left to do.
record Repair(List<Change> changes, Map<String, String> sysctls) {
    static Repair of(Wanted wanted, Present present) {
        Repair repair = new Repair(new ArrayList<>(), new LinkedHashMap<>());
        present.links().forEach(link -> repair.link(link, wanted.links()));
        wanted.addresses()
                .forEach((link, own) ->
                        repair.address(
                                link, own, present.addresses().getOrDefault(link, List.of())));
        wanted.routes().forEach(route -> repair.route(route, present.routes()));
        repair.lastResort(wanted.lastResort(), present.routes());
        wanted.rules().forEach(rule -> repair.rule(rule, present.rules()));
        wanted.connected()
                .forEach(route ->
                        present.routes().stream()
                                .filter(found -> isSame(found, route))
                                .forEach(found -> repair.changes.add(new DeleteRoute(found))));
        wanted.sysctls()
                .forEach((key, value) -> {
                    if (!value.equals(present.sysctls().get(key))) {
                        repair.sysctls.put(key, value);
                    }
                });
        return repair;
    }

    boolean isEmpty() {
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

    private void address(int link, Cidr own, List<Cidr> present) {
        present.stream()
                .filter(address -> !address.isIpv6() && !address.equals(own))
                .forEach(address -> changes.add(new DeleteAddress(link, address)));
        if (!present.contains(own)) {
            changes.add(new AddAddress(link, own));
        }
    }

    private void route(Route wanted, List<Route> present) {
        if (present.stream().anyMatch(found -> isSame(found, wanted))) {
            return;
        }
        present.stream()
                .filter(found ->
                        found.table() == wanted.table()
                                && found.metric() == wanted.metric()
                                && found.destination().equals(wanted.destination()))
                .forEach(found -> changes.add(new DeleteRoute(found)));
        changes.add(new AddRoute(wanted));
    }

    private void lastResort(List<Route> wanted, List<Route> present) {
        for (Route route : wanted) {
            if (present.stream()
                    .noneMatch(found ->
                            found.table() == Route.MAIN
                                    && found.destination().equals(route.destination()))) {
                changes.add(new AddRoute(route));
            }
        }
    }

    private void rule(Rule wanted, List<Rule> present) {
        present.stream()
                .filter(found -> found.table() != wanted.table() && isOfTheSame(found, wanted))
                .forEach(found -> changes.add(new DeleteRule(found)));
        if (!present.contains(wanted)) {
            changes.add(new AddRule(wanted));
        }
    }

    private static boolean isOfTheSame(Rule found, Rule wanted) {
        return found.equals(
                new Rule(
                        wanted.ipv6(),
                        wanted.priority(),
                        wanted.from(),
                        wanted.to(),
                        wanted.incoming(),
                        wanted.mark(),
                        wanted.mask(),
                        found.table()));
    }

    private static boolean isSame(Route found, Route wanted) {
        return found.table() == wanted.table()
                && found.destination().equals(wanted.destination())
                && found.link().equals(wanted.link())
                && found.gateway().equals(wanted.gateway());
    }
}
