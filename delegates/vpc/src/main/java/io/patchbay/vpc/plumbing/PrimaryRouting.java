package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the node itself is on the net in a family: the address of its primary interface, the routes
/// of the main table, and the rules that the kernel gives to every namespace. All of it is somebody
/// else's, the kernel's, a router's or a DHCP client's; but pods depend on it, so it is put there
/// where nothing takes its place, and never changed.
///
/// @param own the interface's address, as the link carries it
record PrimaryRouting(EniLink eni, Cidr own) {
    private static final int DEFAULT = 253;

    /// Tables by priority: fib_default_rules_init in net/ipv4/fib_rules.c, fib6_rules_net_init in
    /// net/ipv6/fib6_rules.c.
    private static final SortedMap<Integer, Integer> OF_BIRTH =
            new TreeMap<>(Map.of(0, Route.LOCAL, 32766, Route.MAIN, 32767, DEFAULT));

    /// Of the families in which the interface has an address of its own.
    static Optional<PrimaryRouting> of(EniLink eni, Family family) {
        return eni.own(family).map(own -> new PrimaryRouting(eni, own));
    }

    private Family family() {
        return Family.of(own);
    }

    private InetAddress gateway() {
        return eni.eni().gateway(family());
    }

    Route connected() {
        return Hop.direct(eni.eni().subnet(), eni.link()).source(own.address());
    }

    Route defaultRoute() {
        return new Hop(gateway(), eni.link(), Route.MAIN).onward();
    }

    private List<Rule> ofBirth() {
        return OF_BIRTH.entrySet().stream()
                .filter(one -> !own.isIpv6() || one.getValue() != DEFAULT)
                .map(one -> unconditional(one.getKey(), one.getValue()))
                .toList();
    }

    private Rule unconditional(int priority, int table) {
        return new Rule(
                own.isIpv6(),
                priority,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                table);
    }

    /// In the order in which the kernel takes it.
    List<Change> missing(Present present) {
        List<Change> missing = new ArrayList<>();
        if (lacksAddress(present)) {
            missing.add(new AddAddress(eni.link(), own));
        } else if (!own.isIpv6() && present.routes().stream().noneMatch(this::leadsToTheGateway)) {
            missing.add(new AddRoute(connected()));
        }
        if (present.routes().stream().noneMatch(this::isDefault)) {
            missing.add(new AddRoute(defaultRoute()));
        }
        ofBirth().stream()
                .filter(rule -> present.rules().stream().noneMatch(found -> isAs(found, rule)))
                .forEach(rule -> missing.add(new AddRule(rule)));
        return missing;
    }

    /// A link that is part of a bridge or the like leaves its address to that.
    private boolean lacksAddress(Present present) {
        return present.links().stream()
                        .anyMatch(link -> link.index() == eni.link() && link.master().isEmpty())
                && present.addressesOf(eni.link()).stream()
                        .noneMatch(found -> found.address().equals(own.address()));
    }

    /// Perhaps one of the gateway alone: what a DHCP client makes of it is its own affair. That of
    /// IPv6 is next to every link, and needs none.
    private boolean leadsToTheGateway(Route found) {
        return found.table() == Route.MAIN
                && found.gateway().isEmpty()
                && found.destination().contains(gateway());
    }

    private boolean isDefault(Route found) {
        return found.table() == Route.MAIN && found.destination().equals(Cidr.any(own.isIpv6()));
    }

    /// At whatever priority: who needs packets to be looked up elsewhere first moves it.
    private boolean isAs(Rule found, Rule rule) {
        return found.equals(unconditional(found.priority(), rule.table()));
    }
}
