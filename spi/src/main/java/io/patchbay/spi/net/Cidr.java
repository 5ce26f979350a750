package io.patchbay.spi.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// An address with the length of its network's prefix, such as `10.1.2.3/24` or `2001:db8::1/64`.
public record Cidr(InetAddress address, int prefix) {
    private static final Pattern IPV4 =
            Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    public Cidr {
        int bits = bits(address);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "/"
                            + prefix
                            + " is no prefix length of "
                            + text(address)
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
        if (!prefix.matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no prefix length after its slash");
        }
        return new Cidr(address(text.substring(0, slash)), Integer.parseInt(prefix));
    }

    /// Reads an address literal of either family; names are refused, not resolved. IPv4 has four
    /// decimal numbers without leading zeros: what the JDK and inet_aton(3) take beside them reads
    /// `10.1.2` as 10.1.0.2. A scope is no part of an address.
    public static InetAddress address(String literal) {
        boolean plain =
                literal.indexOf(':') < 0
                        ? IPV4.matcher(literal).matches()
                        : literal.indexOf('[') < 0 && literal.indexOf('%') < 0;
        try {
            if (plain) {
                return InetAddress.ofLiteral(literal);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + literal + "\" is no IP address", e);
        }
        throw new IllegalArgumentException("\"" + literal + "\" is no IP address");
    }

    /// An address as the kernel's tools and Go write it: IPv6 in the short form of RFC 5952.
    public static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] octets = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (octets[2 * i] & 0xFF) << 8 | (octets[2 * i + 1] & 0xFF);
        }
        int start = longestZeros(groups);
        int end = start + zerosAt(groups, start);
        return end - start < 2
                ? hex(groups, 0, 8)
                : hex(groups, 0, start) + "::" + hex(groups, end, 8);
    }

    private static int longestZeros(int[] groups) {
        int best = 0;
        for (int i = 1; i < 8; i++) {
            if (zerosAt(groups, i) > zerosAt(groups, best)) {
                best = i;
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int start) {
        int end = start;
        while (end < 8 && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String hex(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to)
                .mapToObj(Integer::toHexString)
                .collect(Collectors.joining(":"));
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

    /// The address that is so many after the first of the prefix. One behind the last is an
    /// IllegalArgumentException.
    public InetAddress at(long offset) {
        byte[] octets = network().address().getAddress();
        long rest = offset;
        for (int i = octets.length - 1; i >= 0 && rest != 0; i--) {
            rest += octets[i] & 0xFF;
            octets[i] = (byte) rest;
            rest >>= 8;
        }
        InetAddress found = ofOctets(octets);
        if (offset < 0 || rest != 0 || !contains(found)) {
            throw new IllegalArgumentException(this + " has no address " + offset);
        }
        return found;
    }

    /// Every address of the prefix, the lowest first; of one beyond counting, the first 2^62.
    public Stream<InetAddress> addresses() {
        return LongStream.range(0, 1L << Math.min(62, bits(address) - prefix)).mapToObj(this::at);
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
        return text(address) + "/" + prefix;
    }
}
