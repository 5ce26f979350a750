package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/// The header of IPv4 (RFC 791); an address is its four bytes as an int.
public final class Ipv4 {
    public static final int HEADER = 20;
    public static final int ICMP = 1;
    public static final int UDP = 17;

    private static final int TTL = 64;
    private static final int FRAGMENT = 0x3fff;
    private static final Pattern ADDRESS =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Ipv4() {}

    public static int parse(String text) {
        var matcher = ADDRESS.matcher(text);
        int address = 0;
        for (int i = 1; matcher.matches() && i <= 4; i++) {
            int part = Integer.parseInt(matcher.group(i));
            if (part <= 255) {
                address = address << 8 | part;
                if (i == 4) {
                    return address;
                }
            } else {
                break;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no IPv4 address: write it as 192.0.2.1.");
    }

    /// Where the payload begins; -1 where what is there from `at` to before `end` is no whole and
    /// undamaged packet.
    public static int payload(MemorySegment frame, int at, int end) {
        if (end - at < HEADER || Bytes.u8(frame, at) >> 4 != 4) {
            return -1;
        }
        int header = (Bytes.u8(frame, at) & 0xf) * 4;
        int total = Bytes.u16(frame, at + 2);
        if (header < HEADER || total < header || total > end - at) {
            return -1;
        }
        return Checksum.of(Checksum.sum(frame, at, at + header)) == 0 ? at + header : -1;
    }

    /// Where the packet ends, of one that has a payload: padding may follow.
    public static int end(MemorySegment frame, int at) {
        return at + Bytes.u16(frame, at + 2);
    }

    public static boolean isFragment(MemorySegment frame, int at) {
        return (Bytes.u16(frame, at + 6) & FRAGMENT) != 0;
    }

    public static int protocol(MemorySegment frame, int at) {
        return Bytes.u8(frame, at + 9);
    }

    public static int source(MemorySegment frame, int at) {
        return Bytes.i32(frame, at + 12);
    }

    public static int destination(MemorySegment frame, int at) {
        return Bytes.i32(frame, at + 16);
    }

    /// A header without options for a packet of `total` bytes, itself included.
    public static void write(
            MemorySegment frame, int at, int total, int protocol, int source, int destination) {
        Bytes.put16(frame, at, 0x4500);
        Bytes.put16(frame, at + 2, total);
        Bytes.put32(frame, at + 4, 0);
        Bytes.put16(frame, at + 8, TTL << 8 | protocol);
        Bytes.put32(frame, at + 12, source);
        Bytes.put32(frame, at + 16, destination);
        seal(frame, at);
    }

    /// Sends the packet back to where it came from, now of `total` bytes.
    public static void answer(MemorySegment frame, int at, int total) {
        Bytes.swap32(frame, at + 12, at + 16);
        Bytes.put16(frame, at + 2, total);
        Bytes.put8(frame, at + 8, TTL);
        seal(frame, at);
    }

    private static void seal(MemorySegment frame, int at) {
        int header = (Bytes.u8(frame, at) & 0xf) * 4;
        Bytes.put16(frame, at + 10, 0);
        Bytes.put16(frame, at + 10, Checksum.of(Checksum.sum(frame, at, at + header)));
    }

    /// What the checksum of a protocol above covers of this header (RFC 768).
    static long pseudoHeader(MemorySegment frame, int at, int protocol, int length) {
        return Checksum.sum(frame, at + 12, at + 20) + protocol + length;
    }
}
