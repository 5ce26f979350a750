package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;

/// Routes, rules and changes in the words of ip(8), for messages.
public final class Told {
    private Told() {}

    public static String of(Change change) {
        return switch (change) {
            case SetUp set -> "link %d is set up".formatted(set.link());
            case SetMtu set -> "link %d gets MTU %d".formatted(set.link(), set.mtu());
            case AddAddress add ->
                    "address %s is put on link %d".formatted(add.address(), add.link());
            case DeleteAddress delete ->
                    "address %s is taken from link %d".formatted(delete.address(), delete.link());
            case AddRoute add -> of(add.route()) + " is added";
            case DeleteRoute delete -> of(delete.route()) + " is deleted";
            case AddRule add -> of(add.rule()) + " is added";
            case DeleteRule delete -> of(delete.rule()) + " is deleted";
            case CreateLink create -> "link %s is made".formatted(create.spec().head().name());
            default -> change.toString();
        };
    }

    public static String of(Route route) {
        return "route to %s%s on link %d in table %d"
                .formatted(
                        route.destination(),
                        route.gateway().map(gateway -> " via " + Cidr.text(gateway)).orElse(""),
                        route.link().orElse(0),
                        route.table());
    }

    public static String of(Rule rule) {
        return "rule %d%s%s%s%s to table %d"
                .formatted(
                        rule.priority(),
                        rule.from().map(from -> " from " + from).orElse(""),
                        rule.to().map(to -> " to " + to).orElse(""),
                        rule.incoming().map(link -> " coming in by " + link).orElse(""),
                        rule.mask() == 0 ? "" : " marked 0x%x".formatted(rule.mark()),
                        rule.table());
    }
}
