package io.patchbay.spi.net;

import java.util.Optional;

/// A routing rule that looks a table up. Its family is that of its prefixes.
///
/// @param mark matched under `mask`; mask 0 matches every packet
public record Rule(
        boolean ipv6,
        int priority,
        Optional<Cidr> from,
        Optional<Cidr> to,
        Optional<String> incoming,
        int mark,
        int mask,
        int table) {

    public static Rule from(Cidr source, int priority, int table) {
        return new Rule(
                source.isIpv6(),
                priority,
                Optional.of(source),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                table);
    }

    public static Rule to(Cidr destination, int priority, int table) {
        return new Rule(
                destination.isIpv6(),
                priority,
                Optional.empty(),
                Optional.of(destination),
                Optional.empty(),
                0,
                0,
                table);
    }
}
