package io.patchbay.dpdk;

/// The numbers of Linux that this side refuses with itself.
final class Errno {
    static final int EFAULT = 14;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int ENOSYS = 38;
    static final int ENOBUFS = 105;
    static final int EALREADY = 114;

    private Errno() {}
}
