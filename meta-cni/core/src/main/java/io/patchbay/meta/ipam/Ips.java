package io.patchbay.meta.ipam;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Addresses as numbers.
final class Ips {
    private Ips() {}

    static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    /// @param like an address of the family that is meant
    static InetAddress address(BigInteger number, InetAddress like) {
        byte[] octets = new byte[like.getAddress().length];
        byte[] digits = number.toByteArray();
        int count = Math.min(digits.length, octets.length);
        System.arraycopy(digits, digits.length - count, octets, octets.length - count, count);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(octets.length + " octets are no address", e);
        }
    }
}
