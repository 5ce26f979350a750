package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.Map;
import java.util.Optional;

/// A subnet of the node's zone.
///
/// @param cidr of IPv4
/// @param cidr6 its block of IPv6, where it has one
/// @param free how many addresses of IPv4 it has left (AvailableIpAddressCount)
public record Subnet(
        String id, Cidr cidr, Optional<Cidr> cidr6, int free, Map<String, String> tags) {
    public Subnet {
        tags = Map.copyOf(tags);
    }
}
