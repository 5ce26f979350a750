package io.patchbay.dpdk;

/// `layout.c`: where the fields of a packet buffer are.
final class LayoutNative {
    private LayoutNative() {}

    static native String[] names();

    /// Each `offset << 8 | size`, in the order of the names.
    static native long[] places();
}
