package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// The header of UDP (RFC 768), over IPv4.
public final class Udp {
    public static final int HEADER = 8;

    private Udp() {}

    /// Where the payload begins; -1 where what is there from `at` to before `end`, in the IPv4
    /// packet at `ip`, is no whole and undamaged datagram.
    public static int payload(MemorySegment frame, int ip, int at, int end) {
        if (end - at < HEADER || Bytes.u16(frame, at + 4) != end - at) {
            return -1;
        }
        boolean sealed = Bytes.u16(frame, at + 6) != 0;
        return sealed && checksum(frame, ip, at, end) != 0 ? -1 : at + HEADER;
    }

    public static int destination(MemorySegment frame, int at) {
        return Bytes.u16(frame, at + 2);
    }

    /// A header before the payload that goes to `end`, and the checksum over both.
    public static void write(
            MemorySegment frame, int ip, int at, int end, int source, int destination) {
        Bytes.put16(frame, at, source);
        Bytes.put16(frame, at + 2, destination);
        Bytes.put16(frame, at + 6, 1);
        resize(frame, ip, at, end);
    }

    /// Sends the datagram, whose payload goes to `end` now, back to where it came from. One without
    /// a checksum gets none.
    public static void answer(MemorySegment frame, int ip, int at, int end) {
        Bytes.swap16(frame, at, at + 2);
        resize(frame, ip, at, end);
    }

    private static void resize(MemorySegment frame, int ip, int at, int end) {
        Bytes.put16(frame, at + 4, end - at);
        if (Bytes.u16(frame, at + 6) != 0) {
            Bytes.put16(frame, at + 6, 0);
            int checksum = checksum(frame, ip, at, end);
            // Zero would say that there is none.
            Bytes.put16(frame, at + 6, checksum == 0 ? 0xffff : checksum);
        }
    }

    private static int checksum(MemorySegment frame, int ip, int at, int end) {
        return Checksum.of(
                Checksum.sum(frame, at, end) + Ipv4.pseudoHeader(frame, ip, Ipv4.UDP, end - at));
    }
}
