package io.patchbay.vpc.branch;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;

/// An address of a branch interface, and the VPC's router that it goes by.
public record Way(InetAddress address, InetAddress gateway) {
    Cidr cidr() {
        return Cidr.host(address);
    }

    boolean isIpv6() {
        return cidr().isIpv6();
    }
}
