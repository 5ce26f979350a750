package io.patchbay.meta.ipam;

import io.patchbay.spi.Key;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// A route as an `ipam` section writes it. Source: CNI SPEC.md 1.1.0, "Success: ADD", routes.
public record RouteConfig(
        @Key("dst") Cidr destination,
        @Key("gw") Optional<InetAddress> gateway,
        int mtu,
        int advmss,
        OptionalInt priority,
        OptionalInt table,
        OptionalInt scope) {

    CniResult.Route toRoute() {
        return new CniResult.Route(destination, gateway, mtu, advmss, priority, table, scope);
    }
}
