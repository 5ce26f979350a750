package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.CniResult;
import java.util.List;
import java.util.Optional;

/// Addresses that an attachment holds until they are released, with the routes and resolver
/// settings that come with them.
public record Lease(
        List<CniResult.Ip> ips, List<CniResult.Route> routes, Optional<CniResult.Dns> dns) {
    public static final Lease EMPTY = new Lease(List.of(), List.of(), Optional.empty());

    public Lease {
        ips = List.copyOf(ips);
        routes = List.copyOf(routes);
    }
}
