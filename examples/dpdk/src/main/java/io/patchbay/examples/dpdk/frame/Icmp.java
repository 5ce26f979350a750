package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// Echo of ICMP (RFC 792).
public final class Icmp {
    private static final int HEADER = 8;
    private static final int ECHO_REQUEST = 8 << 8;
    private static final int ECHO_REPLY = 0;

    private Icmp() {}

    /// Whether what is there from `at` to before `end` is whole and undamaged.
    public static boolean isSound(MemorySegment frame, int at, int end) {
        return end - at >= HEADER && Checksum.of(Checksum.sum(frame, at, end)) == 0;
    }

    public static boolean isEchoRequest(MemorySegment frame, int at) {
        return Bytes.u16(frame, at) == ECHO_REQUEST;
    }

    /// The request becomes its reply.
    public static void answer(MemorySegment frame, int at, int end) {
        Bytes.put16(frame, at, ECHO_REPLY);
        Bytes.put16(frame, at + 2, 0);
        Bytes.put16(frame, at + 2, Checksum.of(Checksum.sum(frame, at, end)));
    }
}
