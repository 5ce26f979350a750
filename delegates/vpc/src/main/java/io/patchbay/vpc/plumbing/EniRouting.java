package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.util.List;
import java.util.Optional;

/// How packets of a family from a secondary interface's addresses leave by it: a table of its own,
/// and a rule that leads there.
record EniRouting(EniLink eni, Family family) {
    static final int PRIORITY = 32765;

    Carried carried() {
        return new Carried(eni.link(), family, eni.own(family));
    }

    /// In the order in which the kernel takes them.
    List<Route> routes() {
        return new Hop(eni.eni().gateway(family), eni.link(), eni.eni().table()).routes();
    }

    Optional<Rule> rule() {
        return eni.own(family)
                .map(own -> Rule.from(Cidr.host(own.address()), PRIORITY, eni.eni().table()));
    }

    /// The kernel adds it with the address, or by a router's word; it would lead the node's own
    /// packets for the subnet out of two interfaces.
    Optional<Route> connected() {
        return eni.subnet(family).map(subnet -> Hop.direct(subnet, eni.link()));
    }
}
