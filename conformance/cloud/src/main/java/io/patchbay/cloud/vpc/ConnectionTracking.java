package io.patchbay.cloud.vpc;

import java.util.Optional;

/// How long an interface remembers an idle connection, in seconds; empty where EC2's own hold.
public record ConnectionTracking(
        Optional<Integer> tcpEstablished, Optional<Integer> udpStream, Optional<Integer> udp) {
    public static final ConnectionTracking OF_EC2 =
            new ConnectionTracking(Optional.empty(), Optional.empty(), Optional.empty());
}
