package io.patchbay.dpdk;

/// `mempool.c`: pools by their addresses. What fails returns -errno.
final class MempoolNative {
    private MempoolNative() {}

    static native long create(
            String name, int count, int cache, int privateSize, int dataRoom, int socket);

    static native void free(long pool);

    static native int available(long pool);

    static native int allocate(long pool, long slots, int count);

    static native void freePackets(long slots, int count);
}
