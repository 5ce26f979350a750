package io.patchbay.dpdk;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// An Ethernet address, its first byte the highest of six.
public record MacAddress(long value) {
    private static final Pattern TEXT = Pattern.compile("\\p{XDigit}{2}(:\\p{XDigit}{2}){5}");

    public MacAddress {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException(
                    "A MAC address has six bytes: " + value + " has more.");
        }
    }

    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no MAC address: write it as 02:00:00:00:00:01.");
        }
        return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":")
                .formatHex(java.nio.ByteBuffer.allocate(8).putLong(value).array(), 2, 8);
    }
}
