package io.patchbay.cloud.fabric;

import io.patchbay.spi.net.Cidr;

/// A family of addresses, in nft's words.
enum Family {
    IPV4("ip", "ipv4", "ipv4_addr", ""),
    IPV6("ip6", "ipv6", "ipv6_addr", "6");

    private final String header;
    private final String protocol;
    private final String type;
    private final String suffix;

    Family(String header, String protocol, String type, String suffix) {
        this.header = header;
        this.protocol = protocol;
        this.type = type;
        this.suffix = suffix;
    }

    static Family of(Cidr block) {
        return block.isIpv6() ? IPV6 : IPV4;
    }

    /// What a packet's addresses are read by.
    String header() {
        return header;
    }

    /// Matches each packet of the family.
    String every() {
        return "meta nfproto " + protocol + " ";
    }

    /// Of the elements of a set.
    String type() {
        return type;
    }

    /// A set has one family, and there is one of each kind for each.
    String named(String set) {
        return set + suffix;
    }
}
