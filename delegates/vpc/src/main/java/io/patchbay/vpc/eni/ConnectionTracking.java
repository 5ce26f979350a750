package io.patchbay.vpc.eni;

import java.util.Optional;

/// How long an interface remembers an idle connection, in seconds; empty where EC2's own hold.
public record ConnectionTracking(
        Optional<Integer> tcpEstablished, Optional<Integer> udpStream, Optional<Integer> udp) {}
