package io.patchbay.vpc.modes;

import io.patchbay.vpc.eni.Family;

/// What one end tries with another one.
enum Probe {
    PING(0),
    OPEN_PORT(Place.OPEN),
    CLOSED_PORT(Place.CLOSED);

    private final int port;

    Probe(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /// In the words of a security group.
    String protocol(Family family) {
        if (this != PING) {
            return "tcp";
        }
        return switch (family) {
            case IPV4 -> "icmp";
            case IPV6 -> "icmpv6";
        };
    }
}
