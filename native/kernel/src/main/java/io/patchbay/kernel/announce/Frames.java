package io.patchbay.kernel.announce;

import io.patchbay.spi.net.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// The Ethernet frames by which a link speaks of addresses, octet by octet. Sources: RFC 826 and
/// RFC 5227 (ARP), RFC 8200 and RFC 4861 §4.3-4.4, §7.2 (IPv6).
final class Frames {
    static final int ETHERTYPE_ARP = 0x0806;
    static final int ETHERTYPE_IPV6 = 0x86dd;

    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int ICMPV6 = 58;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int OVERRIDE = 0x20000000;
    private static final long BROADCAST = 0xFFFF_FFFF_FFFFL;
    private static final long ALL_NODES_MAC = 0x3333_0000_0001L;

    private Frames() {}

    /// A gratuitous ARP request, or an unsolicited advertisement to all nodes.
    static byte[] announcement(InetAddress own, MacAddress mac) {
        return own instanceof Inet4Address
                ? arp(own.getAddress(), own.getAddress(), mac)
                : advertisement(own.getAddress(), mac);
    }

    /// An ARP probe, or a solicitation from the unspecified address.
    static byte[] probe(InetAddress probed, MacAddress mac) {
        return probed instanceof Inet4Address
                ? arp(new byte[4], probed.getAddress(), mac)
                : solicitation(probed.getAddress(), mac);
    }

    static int etherType(InetAddress address) {
        return address instanceof Inet4Address ? ETHERTYPE_ARP : ETHERTYPE_IPV6;
    }

    /// Whether a frame tells that somebody else than `mac` has the address.
    static boolean claims(ByteBuffer frame, InetAddress address, MacAddress mac) {
        byte[] target = address.getAddress();
        int type = address instanceof Inet4Address ? ETHERNET + 14 : ETHERNET + IPV6 + 8;
        if (frame.limit() < type + target.length
                || Short.toUnsignedInt(frame.getShort(12)) != etherType(address)) {
            return false;
        }
        if (!(address instanceof Inet4Address)
                && (frame.get(ETHERNET + 6) != ICMPV6
                        || Byte.toUnsignedInt(frame.get(ETHERNET + IPV6)) != ADVERTISEMENT)) {
            return false;
        }
        byte[] sender = new byte[6];
        frame.get(6, sender);
        byte[] told = new byte[target.length];
        frame.get(type, told);
        return Arrays.equals(told, target) && !MacAddress.of(sender).equals(mac);
    }

    private static byte[] arp(byte[] sender, byte[] target, MacAddress mac) {
        ByteBuffer frame = ethernet(42, BROADCAST, mac, ETHERTYPE_ARP);
        frame.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
        frame.putShort((short) 1).put(mac.octets()).put(sender).put(new byte[6]).put(target);
        return octets(frame);
    }

    private static byte[] advertisement(byte[] own, MacAddress mac) {
        byte[] allNodes = multicast("ff020000000000000000000000000001");
        ByteBuffer frame = ethernet(ETHERNET + IPV6 + 32, ALL_NODES_MAC, mac, ETHERTYPE_IPV6);
        ByteBuffer icmp = ByteBuffer.allocate(32);
        icmp.put((byte) ADVERTISEMENT).put((byte) 0).putShort((short) 0).putInt(OVERRIDE).put(own);
        icmp.put((byte) 2).put((byte) 1).put(mac.octets());
        return ipv6(frame, own, allNodes, icmp.array());
    }

    private static byte[] solicitation(byte[] probed, MacAddress mac) {
        byte[] node = multicast("ff0200000000000000000001ff000000");
        System.arraycopy(probed, 13, node, 13, 3);
        long group = 0x3333_FF00_0000L | (ByteBuffer.wrap(probed).getInt(12) & 0xFF_FFFFL);
        ByteBuffer frame = ethernet(ETHERNET + IPV6 + 24, group, mac, ETHERTYPE_IPV6);
        ByteBuffer icmp = ByteBuffer.allocate(24);
        icmp.put((byte) SOLICITATION).put((byte) 0).putShort((short) 0).putInt(0).put(probed);
        return ipv6(frame, new byte[16], node, icmp.array());
    }

    private static byte[] octets(ByteBuffer whole) {
        byte[] octets = new byte[whole.position()];
        whole.flip().get(octets);
        return octets;
    }

    private static byte[] multicast(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static ByteBuffer ethernet(int size, long destination, MacAddress mac, int type) {
        return ByteBuffer.allocate(size)
                .put(new MacAddress(destination).octets())
                .put(mac.octets())
                .putShort((short) type);
    }

    private static byte[] ipv6(ByteBuffer frame, byte[] from, byte[] to, byte[] icmp) {
        ByteBuffer.wrap(icmp).putShort(2, checksum(from, to, icmp));
        frame.putInt(6 << 28).putShort((short) icmp.length).put((byte) ICMPV6).put((byte) 255);
        return octets(frame.put(from).put(to).put(icmp));
    }

    /// Over the pseudo-header and the message (RFC 8200 §8.1).
    private static short checksum(byte[] from, byte[] to, byte[] icmp) {
        ByteBuffer covered =
                ByteBuffer.allocate(IPV6 + icmp.length)
                        .put(from)
                        .put(to)
                        .putInt(icmp.length)
                        .putInt(ICMPV6)
                        .put(icmp)
                        .flip();
        int sum = 0;
        while (covered.hasRemaining()) {
            sum += Short.toUnsignedInt(covered.getShort());
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~sum;
    }
}
