package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.List;

/// What a security group permits.
///
/// @param protocol `tcp`, `udp`, `icmp` (of IPv4), `icmpv6`, or `-1` for all
/// @param from the lowest port, and {@code to} the highest; 0 and 65535 where the protocol has none
/// @param cidrs of the other side, of both families
/// @param groups of the other side's interface
public record Permission(String protocol, int from, int to, List<Cidr> cidrs, List<String> groups) {
    /// Everything, from and to everywhere.
    public static final Permission ALL =
            new Permission("-1", 0, 65535, List.of(Cidr.any(false), Cidr.any(true)), List.of());

    public Permission {
        cidrs = List.copyOf(cidrs);
        groups = List.copyOf(groups);
    }
}
