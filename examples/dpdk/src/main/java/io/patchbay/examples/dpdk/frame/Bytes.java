package io.patchbay.examples.dpdk.frame;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Unsigned numbers in network order.
final class Bytes {
    private static final ValueLayout.OfShort SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int u8(MemorySegment frame, int at) {
        return Byte.toUnsignedInt(frame.get(JAVA_BYTE, at));
    }

    static int u16(MemorySegment frame, int at) {
        return Short.toUnsignedInt(frame.get(SHORT, at));
    }

    static int i32(MemorySegment frame, int at) {
        return frame.get(INT, at);
    }

    static long u48(MemorySegment frame, int at) {
        return (long) u16(frame, at) << 32 | Integer.toUnsignedLong(i32(frame, at + 2));
    }

    static void put8(MemorySegment frame, int at, int value) {
        frame.set(JAVA_BYTE, at, (byte) value);
    }

    static void put16(MemorySegment frame, int at, int value) {
        frame.set(SHORT, at, (short) value);
    }

    static void put32(MemorySegment frame, int at, int value) {
        frame.set(INT, at, value);
    }

    static void put48(MemorySegment frame, int at, long value) {
        put16(frame, at, (int) (value >>> 32));
        put32(frame, at + 2, (int) value);
    }

    static void swap16(MemorySegment frame, int one, int other) {
        int value = u16(frame, one);
        put16(frame, one, u16(frame, other));
        put16(frame, other, value);
    }

    static void swap32(MemorySegment frame, int one, int other) {
        int value = i32(frame, one);
        put32(frame, one, i32(frame, other));
        put32(frame, other, value);
    }
}
