package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// The header of Ethernet II.
public final class Ethernet {
    public static final int HEADER = 14;
    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;

    private Ethernet() {}

    public static long destination(MemorySegment frame) {
        return Bytes.u48(frame, 0);
    }

    public static long source(MemorySegment frame) {
        return Bytes.u48(frame, 6);
    }

    /// The type; -1 where the frame is too short for a header.
    public static int type(MemorySegment frame, int end) {
        return end < HEADER ? -1 : Bytes.u16(frame, 12);
    }

    public static void write(MemorySegment frame, long destination, long source, int type) {
        Bytes.put48(frame, 0, destination);
        Bytes.put48(frame, 6, source);
        Bytes.put16(frame, 12, type);
    }

    /// Sends the frame back to where it came from.
    public static void answer(MemorySegment frame, long from) {
        Bytes.put48(frame, 0, source(frame));
        Bytes.put48(frame, 6, from);
    }
}
