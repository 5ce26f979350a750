package io.patchbay.dpdk;

/// `thread.c`: the calling thread. What fails returns -errno.
final class ThreadNative {
    static final int CPU_SET_BYTES = 128;

    private ThreadNative() {}

    static native int enroll();

    static native void discharge();

    static native void affinity(long target);

    static native int setAffinity(long source);
}
