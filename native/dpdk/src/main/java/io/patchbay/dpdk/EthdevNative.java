package io.patchbay.dpdk;

/// `ethdev.c`: the control path of ports. What fails returns -errno; records cross as arrays of
/// `long`.
final class EthdevNative {
    static final int INFO_RX_QUEUES = 0;
    static final int INFO_TX_QUEUES = 1;
    static final int INFO_MIN_MTU = 2;
    static final int INFO_MAX_MTU = 3;
    static final int INFO_NUMA_NODE = 4;
    static final int INFO_RSS_FUNCTIONS = 5;
    static final int INFO_RETA_SIZE = 6;
    static final int INFO_RX_OFFLOADS = 7;
    static final int INFO_TX_OFFLOADS = 8;
    static final int INFO_FIELDS = 9;

    static final int CONFIG_RX_QUEUES = 0;
    static final int CONFIG_TX_QUEUES = 1;
    static final int CONFIG_RX_DESCRIPTORS = 2;
    static final int CONFIG_TX_DESCRIPTORS = 3;
    static final int CONFIG_MTU = 4;
    static final int CONFIG_RSS_FUNCTIONS = 5;
    static final int CONFIG_RX_OFFLOADS = 6;
    static final int CONFIG_TX_OFFLOADS = 7;
    static final int CONFIG_POOL = 8;
    static final int CONFIG_FIELDS = 9;

    private EthdevNative() {}

    static native int find(String name);

    static native String name(int port);

    static native String driver(int port);

    static native int[] ports();

    static native int info(int port, long target);

    static native int configure(int port, long source);

    static native int start(int port);

    static native int stop(int port);

    static native int close(int port);

    static native int reset(int port);

    static native long link(int port);

    static native long mac(int port);

    static native int setMac(int port, long value);

    static native int mtu(int port);

    static native int setMtu(int port, int mtu);

    static native int promiscuous(int port);

    static native int setPromiscuous(int port, boolean on);

    static native int allMulticast(int port);

    static native int setAllMulticast(int port, boolean on);
}
