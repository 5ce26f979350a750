package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.Map;

/// A subnet of the node's zone.
///
/// @param free how many addresses it has left (AvailableIpAddressCount)
public record Subnet(String id, Cidr cidr, int free, Map<String, String> tags) {
    public Subnet {
        tags = Map.copyOf(tags);
    }
}
