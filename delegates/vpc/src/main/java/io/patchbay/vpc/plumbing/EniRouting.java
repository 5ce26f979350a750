package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Family;
import java.util.List;

/// How packets from a secondary interface's addresses leave by it: a table of its own, and a rule
/// that leads there.
record EniRouting(EniLink eni) {
    static final int PRIORITY = 32765;

    /// The only one of IPv4 on the link: an image's own scripts put the pods' addresses there, and
    /// the host would answer for them.
    Cidr address() {
        return new Cidr(eni.eni().primary(), eni.eni().subnet().prefix());
    }

    /// In the order in which the kernel takes them.
    List<Route> routes() {
        return new Hop(eni.eni().gateway(Family.IPV4), eni.link(), eni.eni().table()).routes();
    }

    Rule rule() {
        return Rule.from(Cidr.host(eni.eni().primary()), PRIORITY, eni.eni().table());
    }

    /// The kernel adds it with the address; it would lead the node's own packets for the subnet out
    /// of two interfaces.
    Route connected() {
        return Route.to(eni.eni().subnet()).on(eni.link()).scope(Scope.LINK);
    }
}
