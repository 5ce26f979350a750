package io.patchbay.dpdk;

/// `rss.c`: receive side scaling of a port. What fails returns -errno.
final class RssNative {
    private RssNative() {}

    static native int setHash(int port, long functions, long key, int bytes);

    static native int setTable(int port, long queues, int size);

    static native int table(int port, long queues, int size);
}
