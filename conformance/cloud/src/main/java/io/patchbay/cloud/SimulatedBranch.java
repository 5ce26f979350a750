package io.patchbay.cloud;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.Optional;

/// A network interface that is a branch of a trunk.
///
/// @param association the id of what binds it to the trunk
/// @param trunk the id of the interface it is reached by, with the tag `vlan`
/// @param primary6 its own address of IPv6, where it has one
public record SimulatedBranch(
        String id,
        MacAddress mac,
        String association,
        String trunk,
        int vlan,
        SimulatedSubnet subnet,
        InetAddress primary,
        Optional<InetAddress> primary6) {
    static SimulatedBranch of(Vpc vpc, NetworkInterface eni) {
        Association association = eni.association().orElseThrow();
        return new SimulatedBranch(
                eni.id(),
                eni.mac(),
                association.id(),
                association.trunk(),
                association.vlan(),
                SimulatedSubnet.of(vpc.getSubnet(eni.subnet())),
                eni.primary(),
                eni.blocks().stream()
                        .filter(block -> block.prefix() == 128)
                        .map(Cidr::address)
                        .findFirst());
    }
}
