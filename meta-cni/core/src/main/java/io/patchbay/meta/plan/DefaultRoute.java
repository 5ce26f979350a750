package io.patchbay.meta.plan;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// An attachment's claim to the pod's default routes: those of the families of its gateways go by
/// it alone. Without gateways it keeps the default routes that its plugin made, and no other
/// attachment has one of these families. Source: NPWG multi-network specification v1.3, §4.1.2.1.
///
/// @param gateways at most one of each family
public record DefaultRoute(List<InetAddress> gateways) {
    public DefaultRoute {
        gateways = List.copyOf(gateways);
    }

    public boolean keepsItsOwn() {
        return gateways.isEmpty();
    }

    public Optional<InetAddress> gateway(boolean ipv6) {
        return gateways.stream().filter(gateway -> Cidr.host(gateway).isIpv6() == ipv6).findFirst();
    }

    /// Whether no other attachment may claim the family.
    boolean claims(boolean ipv6) {
        return keepsItsOwn() || gateway(ipv6).isPresent();
    }
}
