package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// The header of GTP-U, version 1 (3GPP TS 29.281, chapter 5), in a datagram to [#PORT].
public final class Gtpu {
    public static final int PORT = 2152;
    public static final int HEADER = 8;
    public static final int ECHO_REQUEST = 1;
    public static final int ECHO_RESPONSE = 2;
    public static final int G_PDU = 255;

    /// Of an Echo Response: header, sequence number, and the information element Recovery.
    public static final int RESPONSE = HEADER + 4 + 2;

    private static final int VERSION_1_GTP = 0x30;
    private static final int EXTENSION = 4;
    private static final int SEQUENCE = 2;
    private static final int N_PDU = 1;
    private static final int RECOVERY = 14;

    private Gtpu() {}

    /// Where the payload begins, behind the extension headers; -1 where what is there from `at` to
    /// before `end` is no whole message of version 1.
    public static int payload(MemorySegment frame, int at, int end) {
        if (end - at < HEADER || (Bytes.u8(frame, at) & 0xf0) != VERSION_1_GTP) {
            return -1;
        }
        int flags = Bytes.u8(frame, at);
        if (Bytes.u16(frame, at + 2) != end - at - HEADER) {
            return -1;
        }
        if ((flags & (EXTENSION | SEQUENCE | N_PDU)) == 0) {
            return at + HEADER;
        }
        if (end - at < HEADER + 4) {
            return -1;
        }
        boolean extended = (flags & EXTENSION) != 0 && Bytes.u8(frame, at + HEADER + 3) != 0;
        return extended ? behindExtensions(frame, at + HEADER + 4, end) : at + HEADER + 4;
    }

    /// Each has its length in words of four bytes first, and the type of the next one last, 0 in
    /// the last one.
    private static int behindExtensions(MemorySegment frame, int first, int end) {
        int at = first;
        while (at < end) {
            int length = Bytes.u8(frame, at) * 4;
            if (length == 0 || length > end - at) {
                return -1;
            }
            at += length;
            if (Bytes.u8(frame, at - 1) == 0) {
                return at;
            }
        }
        return -1;
    }

    public static int type(MemorySegment frame, int at) {
        return Bytes.u8(frame, at + 1);
    }

    public static int teid(MemorySegment frame, int at) {
        return Bytes.i32(frame, at + 4);
    }

    public static void setTeid(MemorySegment frame, int at, int teid) {
        Bytes.put32(frame, at + 4, teid);
    }

    /// Whether there is a sequence number, as an Echo Request must have one.
    public static boolean hasSequence(MemorySegment frame, int at) {
        return (Bytes.u8(frame, at) & SEQUENCE) != 0;
    }

    /// A header without anything optional, before a payload of `length` bytes.
    public static void write(MemorySegment frame, int at, int type, int length, int teid) {
        Bytes.put8(frame, at, VERSION_1_GTP);
        Bytes.put8(frame, at + 1, type);
        Bytes.put16(frame, at + 2, length);
        Bytes.put32(frame, at + 4, teid);
    }

    /// The Echo Request becomes its response, of [#RESPONSE] bytes, which the frame must have room
    /// for. Its Recovery is 0, as TS 29.281, 7.2.2 wants it.
    public static void answerEcho(MemorySegment frame, int at) {
        write(frame, at, ECHO_RESPONSE, RESPONSE - HEADER, 0);
        Bytes.put8(frame, at, VERSION_1_GTP | SEQUENCE);
        Bytes.put16(frame, at + HEADER + 2, 0);
        Bytes.put16(frame, at + HEADER + 4, RECOVERY << 8);
    }
}
