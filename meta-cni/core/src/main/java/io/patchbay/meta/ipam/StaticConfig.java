package io.patchbay.meta.ipam;

import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The `ipam` section of type `static`.
public record StaticConfig(List<Address> addresses, List<RouteConfig> routes, Optional<Dns> dns) {
    public StaticConfig {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        Set<InetAddress> seen = new HashSet<>();
        for (Address address : addresses) {
            if (!seen.add(address.address().address())) {
                throw new IllegalArgumentException(
                        "addresses holds \"%s\" twice".formatted(address.address()));
            }
        }
    }

    /// An address that the attachment gets.
    public record Address(Cidr address, Optional<InetAddress> gateway) {}
}
