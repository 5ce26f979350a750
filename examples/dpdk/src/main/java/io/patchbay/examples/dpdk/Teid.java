package io.patchbay.examples.dpdk;

/// A tunnel endpoint identifier: 32 bits.
final class Teid {
    private Teid() {}

    static int parse(String text) {
        try {
            long value = Long.decode(text);
            if (value >>> 32 == 0) {
                return (int) value;
            }
        } catch (NumberFormatException e) {
            // Told below, as for one that is too large.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no TEID: give 0 to 4294967295, or 0x0 to 0xffffffff.");
    }
}
