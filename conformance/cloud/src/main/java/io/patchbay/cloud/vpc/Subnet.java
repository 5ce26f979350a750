package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A subnet.
///
/// @param cidr of IPv4
/// @param ipv6 its block of IPv6, a /64, where it has one
/// @param reservations of type `prefix`: only prefixes are taken from them
public record Subnet(
        String id,
        String zone,
        Cidr cidr,
        Optional<Cidr> ipv6,
        List<Cidr> reservations,
        Map<String, String> tags) {
    public Subnet {
        reservations = List.copyOf(reservations);
        tags = Map.copyOf(tags);
    }
}
