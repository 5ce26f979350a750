package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What crosses when a port is looked at and configured.
final class PortSetup {
    private PortSetup() {}

    static PortInfo info(Port port) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fields = arena.allocate(ValueLayout.JAVA_LONG, EthdevNative.INFO_FIELDS);
            check(
                    EthdevNative.info(port.number(), fields.address()),
                    port + " does not tell what it is");
            return info(EthdevNative.driver(port.number()), fields.toArray(ValueLayout.JAVA_LONG));
        }
    }

    private static PortInfo info(String driver, long[] fields) {
        return new PortInfo(
                driver,
                (int) fields[EthdevNative.INFO_RX_QUEUES],
                (int) fields[EthdevNative.INFO_TX_QUEUES],
                (int) fields[EthdevNative.INFO_MIN_MTU],
                (int) fields[EthdevNative.INFO_MAX_MTU],
                (int) fields[EthdevNative.INFO_NUMA_NODE],
                (int) fields[EthdevNative.INFO_RETA_SIZE],
                fields[EthdevNative.INFO_RSS_FUNCTIONS],
                fields[EthdevNative.INFO_RX_OFFLOADS],
                fields[EthdevNative.INFO_TX_OFFLOADS]);
    }

    static void configure(Port port, PortConfig config, long pool) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fields = arena.allocateFrom(ValueLayout.JAVA_LONG, fields(config, pool));
            check(
                    EthdevNative.configure(port.number(), fields.address()),
                    port + " does not take " + config);
        }
    }

    private static long[] fields(PortConfig config, long pool) {
        long[] fields = new long[EthdevNative.CONFIG_FIELDS];
        fields[EthdevNative.CONFIG_RX_QUEUES] = config.rxQueues();
        fields[EthdevNative.CONFIG_TX_QUEUES] = config.txQueues();
        fields[EthdevNative.CONFIG_RX_DESCRIPTORS] = config.rxDescriptors();
        fields[EthdevNative.CONFIG_TX_DESCRIPTORS] = config.txDescriptors();
        fields[EthdevNative.CONFIG_MTU] = config.mtu();
        fields[EthdevNative.CONFIG_RSS_FUNCTIONS] = config.rssFunctions();
        fields[EthdevNative.CONFIG_RX_OFFLOADS] = config.rxOffloads();
        fields[EthdevNative.CONFIG_TX_OFFLOADS] = config.txOffloads();
        fields[EthdevNative.CONFIG_POOL] = pool;
        return fields;
    }

    static void requireOffered(Port port, PortConfig config) {
        PortInfo info = info(port);
        atMost(port, "receive queues", config.rxQueues(), info.maxRxQueues());
        atMost(port, "send queues", config.txQueues(), info.maxTxQueues());
        within(port, "RSS functions", config.rssFunctions(), info.rssFunctions());
        within(port, "receive offloads", config.rxOffloads(), info.rxOffloads());
        within(port, "send offloads", config.txOffloads(), info.txOffloads());
    }

    private static void atMost(Port port, String what, int wanted, int most) {
        if (wanted > most) {
            throw new IllegalArgumentException(
                    port + " has at most " + most + " " + what + ", not " + wanted + ".");
        }
    }

    private static void within(Port port, String what, long wanted, long offered) {
        if ((wanted & ~offered) != 0) {
            throw new IllegalArgumentException(
                    "%s does not offer the %s 0x%x: it offers 0x%x."
                            .formatted(port, what, wanted & ~offered, offered));
        }
    }
}
