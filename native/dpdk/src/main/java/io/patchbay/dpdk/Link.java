package io.patchbay.dpdk;

/// A port's link. The speed is -1 where it is unknown, and 0 where there is none.
public record Link(boolean up, long speedMbps, boolean fullDuplex) {
    private static final long UNKNOWN = 0xffff_ffffL;

    static Link unpack(long packed) {
        long speed = packed >>> 2;
        return new Link((packed & 1) != 0, speed == UNKNOWN ? -1 : speed, (packed & 2) != 0);
    }
}
