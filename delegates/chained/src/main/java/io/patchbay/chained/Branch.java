package io.patchbay.chained;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.List;

/// How packets from one address go: a rule, and the table that it looks up.
///
/// @param source the address with its subnet
/// @param routes to be put into the table, in this order; none where the table is somebody else's
record Branch(Cidr source, int priority, int table, List<Route> routes) {
    Branch {
        routes = List.copyOf(routes);
    }

    Rule rule() {
        return Rule.from(Cidr.host(source.address()), priority, table);
    }
}
