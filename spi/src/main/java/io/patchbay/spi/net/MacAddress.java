package io.patchbay.spi.net;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// A 48-bit Ethernet address. {@link #toString} gives the kernel's form, `02:00:00:aa:bb:cc`.
public record MacAddress(long value) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (value < 0 || value > 0xFFFF_FFFF_FFFFL) {
            throw new IllegalArgumentException("a MAC address has 48 bits, not " + value);
        }
    }

    /// Reads six octets in hexadecimal, joined by colons; anything else is an
    /// IllegalArgumentException that quotes it.
    public static MacAddress parse(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is no MAC address: write six octets, as in 02:00:00:aa:bb:cc");
        }
        return of(COLONS.parseHex(text));
    }

    /// Takes the six octets as they stand on the wire.
    public static MacAddress of(byte[] octets) {
        if (octets.length != 6) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
        }
        long value = 0;
        for (byte octet : octets) {
            value = (value << 8) | (octet & 0xFF);
        }
        return new MacAddress(value);
    }

    /// Draws a unicast, locally administered address.
    public static MacAddress random(RandomGenerator random) {
        return new MacAddress((random.nextLong() & 0xFCFF_FFFF_FFFFL) | 0x0200_0000_0000L);
    }

    public byte[] octets() {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (value >> (8 * (5 - i)));
        }
        return octets;
    }

    @Override
    public String toString() {
        return COLONS.formatHex(octets());
    }
}
