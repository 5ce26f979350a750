package io.patchbay.dpdk;

import org.jspecify.annotations.Nullable;

/// `counters.c`: the counters of a port. What fails returns -errno.
final class CountersNative {
    static final int RX_PACKETS = 0;
    static final int TX_PACKETS = 1;
    static final int RX_BYTES = 2;
    static final int TX_BYTES = 3;
    static final int RX_MISSED = 4;
    static final int RX_ERRORS = 5;
    static final int TX_ERRORS = 6;
    static final int RX_NO_BUFFER = 7;
    static final int FIELDS = 8;

    private CountersNative() {}

    static native int stats(int port, long target);

    static native int reset(int port);

    static native String @Nullable [] names(int port);

    static native int values(int port, long target, int count);
}
