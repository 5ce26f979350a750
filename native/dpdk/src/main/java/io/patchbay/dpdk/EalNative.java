package io.patchbay.dpdk;

/// `eal.c`: start, end and devices that come and go. What fails returns -errno.
final class EalNative {
    private EalNative() {}

    static native String version();

    static native String built();

    static native String text(int errno);

    static native int init(String[] args);

    static native int cleanup();

    static native boolean hasHugepages();

    static native int iovaMode();

    static native int hotplugAdd(String bus, String device, String args);

    static native int hotplugRemove(String bus, String device);
}
