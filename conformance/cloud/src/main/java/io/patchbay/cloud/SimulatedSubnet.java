package io.patchbay.cloud;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;

/// A subnet.
public record SimulatedSubnet(String id, Cidr cidr) {
    /// The VPC's router: the second address of the subnet.
    public InetAddress router() {
        return cidr.at(1);
    }
}
