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
    private static final int ARP = 28;
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

    /// Whose Ethernet address a frame comes from.
    static MacAddress sender(ByteBuffer frame) {
        return MacAddress.of(octets(frame, 6, 6));
    }

    /// Whether a frame tells that somebody else than `mac` has the address, or is about to take it.
    static boolean claims(ByteBuffer frame, InetAddress address, MacAddress mac) {
        if (frame.limit() < ETHERNET
                || Short.toUnsignedInt(frame.getShort(12)) != etherType(address)
                || sender(frame).equals(mac)) {
            return false;
        }
        ByteBuffer packet = frame.slice(ETHERNET, frame.limit() - ETHERNET);
        return address instanceof Inet4Address
                ? claimsArp(packet, address.getAddress())
                : claimsIpv6(packet, address.getAddress());
    }

    /// Any packet from the address, or a probe for it (RFC 5227 §2.1.1).
    private static boolean claimsArp(ByteBuffer packet, byte[] address) {
        if (packet.limit() < ARP) {
            return false;
        }
        byte[] sender = octets(packet, 14, 4);
        boolean probe = Arrays.equals(sender, new byte[4]);
        return Arrays.equals(probe ? octets(packet, 24, 4) : sender, address);
    }

    /// An advertisement of the address, or a solicitation for it from nobody (RFC 4862 §5.4.3).
    private static boolean claimsIpv6(ByteBuffer packet, byte[] address) {
        if (packet.limit() < IPV6 + 24
                || packet.get(6) != ICMPV6
                || !Arrays.equals(octets(packet, IPV6 + 8, 16), address)) {
            return false;
        }
        int type = Byte.toUnsignedInt(packet.get(IPV6));
        boolean fromNobody = Arrays.equals(octets(packet, 8, 16), new byte[16]);
        return type == ADVERTISEMENT || (type == SOLICITATION && fromNobody);
    }

    private static byte[] octets(ByteBuffer packet, int at, int length) {
        byte[] octets = new byte[length];
        packet.get(at, octets);
        return octets;
    }

    private static byte[] arp(byte[] sender, byte[] target, MacAddress mac) {
        ByteBuffer frame = ethernet(ETHERNET + ARP, BROADCAST, mac, ETHERTYPE_ARP);
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
