package io.patchbay.dpdk;

/// `events.c`: the queue of what happened to ports.
final class EventsNative {
    static final int SIZE = 1024;
    static final int LINK_CHANGED = 1;
    static final int REMOVED = 2;
    static final int RESET = 3;
    static final int LOST = 4;

    private EventsNative() {}

    static native int start();

    /// `kind << 32 | port << 1 | up`, or `kind << 32 | count`, or 0.
    static native long poll();
}
