package io.patchbay.spi.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// An address with the length of its network's prefix, such as `10.1.2.3/24` or `2001:db8::1/64`.
public record Cidr(InetAddress address, int prefix) {
    public Cidr {
        int bits = bits(address);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "/"
                            + prefix
                            + " is no prefix length of "
                            + address.getHostAddress()
                            + ": it is 0 to "
                            + bits);
        }
    }

    /// Reads `ADDRESS/PREFIX`; the address is a literal and never looked up. Anything else is an
    /// IllegalArgumentException that quotes it.
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no prefix length: write ADDRESS/PREFIX");
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no prefix length after its slash");
        }
        return new Cidr(address(text.substring(0, slash)), Integer.parseInt(prefix));
    }

    /// Reads an address literal of either family; names are refused, not resolved.
    public static InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + literal + "\" is no IP address", e);
        }
    }

    /// The address alone: /32 or /128.
    public static Cidr host(InetAddress address) {
        return new Cidr(address, bits(address));
    }

    /// Every address of the family: 0.0.0.0/0 or ::/0.
    public static Cidr any(boolean ipv6) {
        return new Cidr(address(ipv6 ? "::" : "0.0.0.0"), 0);
    }

    public boolean isIpv6() {
        return !(address instanceof Inet4Address);
    }

    /// The same prefix with every host bit cleared.
    public Cidr network() {
        byte[] octets = address.getAddress();
        for (int bit = prefix; bit < octets.length * 8; bit++) {
            octets[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new Cidr(ofOctets(octets), prefix);
    }

    public boolean contains(InetAddress other) {
        return bits(other) == bits(address) && new Cidr(other, prefix).network().equals(network());
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    private static InetAddress ofOctets(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(octets.length + " octets are no address", e);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
