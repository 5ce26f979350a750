package io.patchbay.dpdk;

/// How a port is set up: its queues, the descriptors of each (rounded to what the driver takes),
/// the MTU (0: the device's own), and bits of DPDK: `RTE_ETH_RSS_*`, `RTE_ETH_RX_OFFLOAD_*`,
/// `RTE_ETH_TX_OFFLOAD_*`.
public record PortConfig(
        int rxQueues,
        int txQueues,
        int rxDescriptors,
        int txDescriptors,
        int mtu,
        long rssFunctions,
        long rxOffloads,
        long txOffloads) {
    public PortConfig {
        within("rxQueues", rxQueues, 1024);
        within("txQueues", txQueues, 1024);
        within("rxDescriptors", rxDescriptors, 0xffff);
        within("txDescriptors", txDescriptors, 0xffff);
        within("mtu", mtu, 0xffff);
    }

    private static void within(String key, int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    key + " cannot be " + value + ": give 0 to " + most + ".");
        }
    }

    /// So many queues each way, of 512 descriptors, and nothing else.
    public static PortConfig ofQueues(int rx, int tx) {
        return new PortConfig(rx, tx, 512, 512, 0, 0, 0, 0);
    }

    public PortConfig withDescriptors(int rx, int tx) {
        return new PortConfig(
                rxQueues, txQueues, rx, tx, mtu, rssFunctions, rxOffloads, txOffloads);
    }

    public PortConfig withMtu(int bytes) {
        return new PortConfig(
                rxQueues,
                txQueues,
                rxDescriptors,
                txDescriptors,
                bytes,
                rssFunctions,
                rxOffloads,
                txOffloads);
    }

    public PortConfig withRss(long functions) {
        return new PortConfig(
                rxQueues,
                txQueues,
                rxDescriptors,
                txDescriptors,
                mtu,
                functions,
                rxOffloads,
                txOffloads);
    }

    public PortConfig withOffloads(long rx, long tx) {
        return new PortConfig(
                rxQueues, txQueues, rxDescriptors, txDescriptors, mtu, rssFunctions, rx, tx);
    }
}
