package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the node itself is on the net: the address of its primary interface, the routes of the main
/// table, and the rules that the kernel gives to every namespace. All of it is somebody else's, the
/// kernel's or a DHCP client's; but pods depend on it, so it is put there where nothing takes its
/// place, and never changed.
record PrimaryRouting(EniLink eni) {
    private static final int DEFAULT = 253;

    /// fib_default_rules_init in net/ipv4/fib_rules.c.
    private static final List<Rule> OF_BIRTH =
            List.of(
                    unconditional(0, Route.LOCAL),
                    unconditional(32766, Route.MAIN),
                    unconditional(32767, DEFAULT));

    private static Rule unconditional(int priority, int table) {
        return new Rule(
                false, priority, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, table);
    }

    Cidr address() {
        return new Cidr(eni.eni().primary(), eni.eni().subnet().prefix());
    }

    Route connected() {
        return Route.to(eni.eni().subnet())
                .on(eni.link())
                .source(eni.eni().primary())
                .scope(Scope.LINK);
    }

    Route defaultRoute() {
        return Route.to(Cidr.any(false)).via(eni.eni().gateway(Family.IPV4)).on(eni.link());
    }

    /// In the order in which the kernel takes it.
    List<Change> missing(Present present) {
        List<Change> missing = new ArrayList<>();
        if (lacksAddress(present)) {
            missing.add(new AddAddress(eni.link(), address()));
        } else if (present.routes().stream().noneMatch(this::leadsToTheGateway)) {
            missing.add(new AddRoute(connected()));
        }
        if (present.routes().stream().noneMatch(this::isDefault)) {
            missing.add(new AddRoute(defaultRoute()));
        }
        OF_BIRTH.stream()
                .filter(rule -> present.rules().stream().noneMatch(found -> isAs(found, rule)))
                .forEach(rule -> missing.add(new AddRule(rule)));
        return missing;
    }

    /// A link that is part of a bridge or the like leaves its address to that.
    private boolean lacksAddress(Present present) {
        return present.links().stream()
                        .anyMatch(link -> link.index() == eni.link() && link.master().isEmpty())
                && present.addressesOf(eni.link()).stream()
                        .noneMatch(found -> found.address().equals(eni.eni().primary()));
    }

    /// Perhaps one of the gateway alone: what a DHCP client makes of it is its own affair.
    private boolean leadsToTheGateway(Route found) {
        return found.table() == Route.MAIN
                && found.gateway().isEmpty()
                && found.destination().contains(eni.eni().gateway(Family.IPV4));
    }

    private boolean isDefault(Route found) {
        return found.table() == Route.MAIN && found.destination().equals(Cidr.any(false));
    }

    /// At whatever priority: who needs packets to be looked up elsewhere first moves it.
    private static boolean isAs(Rule found, Rule rule) {
        return found.equals(unconditional(found.priority(), rule.table()));
    }
}
