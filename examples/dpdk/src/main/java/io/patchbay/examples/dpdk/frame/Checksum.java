package io.patchbay.examples.dpdk.frame;

import static io.patchbay.examples.dpdk.frame.Bytes.u16;
import static io.patchbay.examples.dpdk.frame.Bytes.u8;

import java.lang.foreign.MemorySegment;

/// The Internet checksum (RFC 1071): the complement of the sum of 16-bit words.
final class Checksum {
    private Checksum() {}

    /// The sum of the bytes from `at` to before `end`, an odd one as if a zero followed.
    static long sum(MemorySegment frame, int at, int end) {
        long sum = 0;
        int i = at;
        for (; i + 1 < end; i += 2) {
            sum += u16(frame, i);
        }
        return i < end ? sum + (u8(frame, i) << 8) : sum;
    }

    /// Of words that hold their own checksum, this is 0.
    static int of(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
