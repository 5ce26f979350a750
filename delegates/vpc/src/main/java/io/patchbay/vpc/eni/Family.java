package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;

/// A family of addresses.
public enum Family {
    IPV4,
    IPV6;

    public static Family of(InetAddress address) {
        return of(Cidr.host(address));
    }

    public static Family of(Cidr block) {
        return block.isIpv6() ? IPV6 : IPV4;
    }
}
