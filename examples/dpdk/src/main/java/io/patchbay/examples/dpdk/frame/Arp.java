package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// Address resolution for IPv4 over Ethernet (RFC 826), right behind the Ethernet header.
public final class Arp {
    public static final int END = Ethernet.HEADER + 28;

    private static final int AT = Ethernet.HEADER;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int HARDWARE_AND_PROTOCOL = 1 << 16 | Ethernet.IPV4;
    private static final int SIZES = 6 << 8 | 4;

    private Arp() {}

    /// Whether it is whole, and of IPv4 over Ethernet.
    public static boolean isSound(MemorySegment frame, int end) {
        return end >= END
                && Bytes.i32(frame, AT) == HARDWARE_AND_PROTOCOL
                && Bytes.u16(frame, AT + 4) == SIZES;
    }

    public static boolean asksFor(MemorySegment frame, int address) {
        return Bytes.u16(frame, AT + 6) == REQUEST && Bytes.i32(frame, AT + 24) == address;
    }

    /// The request becomes the reply that its address is at `mac`.
    public static void answer(MemorySegment frame, long mac) {
        int address = Bytes.i32(frame, AT + 24);
        Bytes.put16(frame, AT + 6, REPLY);
        Bytes.put48(frame, AT + 18, Bytes.u48(frame, AT + 8));
        Bytes.put32(frame, AT + 24, Bytes.i32(frame, AT + 14));
        Bytes.put48(frame, AT + 8, mac);
        Bytes.put32(frame, AT + 14, address);
    }
}
