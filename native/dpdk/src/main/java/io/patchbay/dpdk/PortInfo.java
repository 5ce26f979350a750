package io.patchbay.dpdk;

/// What a port's driver offers. `numaNode` is -1 where it is unknown; the sets are bits of DPDK, as
/// in [PortConfig].
public record PortInfo(
        String driver,
        int maxRxQueues,
        int maxTxQueues,
        int minMtu,
        int maxMtu,
        int numaNode,
        int retaSize,
        long rssFunctions,
        long rxOffloads,
        long txOffloads) {}
