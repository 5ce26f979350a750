package io.patchbay.cloud;

import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Optional;

/// A subnet.
///
/// @param cidr of IPv4
/// @param cidr6 its block of IPv6, where it has one
public record SimulatedSubnet(String id, Cidr cidr, Optional<Cidr> cidr6) {
    static SimulatedSubnet of(Subnet subnet) {
        return new SimulatedSubnet(subnet.id(), subnet.cidr(), subnet.ipv6());
    }

    /// The VPC's router: the second address of the subnet. For IPv6 it is {@link
    /// io.patchbay.cloud.fabric.Fabric#ROUTER6}.
    public InetAddress router() {
        return cidr.at(1);
    }
}
