package io.patchbay.dpdk;

/// The counters that every port has, since its start or their reset. `rxMissed` found the queue
/// full, `rxNoBuffer` the pool drained.
public record PortStats(
        long rxPackets,
        long txPackets,
        long rxBytes,
        long txBytes,
        long rxMissed,
        long rxErrors,
        long txErrors,
        long rxNoBuffer) {}
