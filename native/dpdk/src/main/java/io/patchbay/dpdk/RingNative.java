package io.patchbay.dpdk;

/// `ring.c`: rings by their addresses. What fails returns -errno.
final class RingNative {
    private RingNative() {}

    static native long create(String name, int capacity, boolean oneIn, boolean oneOut);

    static native void free(long ring);

    static native int count(long ring);

    static native int enqueue(long ring, long slots, int count);

    static native int dequeue(long ring, long slots, int room);
}
