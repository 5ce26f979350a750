package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// Frames of UDP over IPv4, plain or as a G-PDU, that differ in their source port by flow.
public record Generated(long toMac, long fromMac, int to, int from, int port, int firstSourcePort) {
    private static final int UDP_HEADERS = Ethernet.HEADER + Ipv4.HEADER + Udp.HEADER;

    /// The shortest frames there are, without the check sequence.
    public static final int SHORTEST = UDP_HEADERS;

    public static final int SHORTEST_TUNNELLED =
            UDP_HEADERS + Gtpu.HEADER + Ipv4.HEADER + Udp.HEADER;

    /// A whole frame of `size` bytes, without the check sequence.
    public byte[] udp(int flow, int size) {
        byte[] bytes = new byte[size];
        MemorySegment frame = MemorySegment.ofArray(bytes);
        packet(frame, Ethernet.HEADER, size, firstSourcePort + flow, port);
        Ethernet.write(frame, toMac, fromMac, Ethernet.IPV4);
        return bytes;
    }

    /// The same inside of a tunnel between the same addresses.
    public byte[] tunnelled(int flow, int size, int teid) {
        byte[] bytes = new byte[size];
        MemorySegment frame = MemorySegment.ofArray(bytes);
        int inner = UDP_HEADERS + Gtpu.HEADER;
        packet(frame, inner, size, firstSourcePort + flow, port);
        Gtpu.write(frame, UDP_HEADERS, Gtpu.G_PDU, size - inner, teid);
        packet(frame, Ethernet.HEADER, size, Gtpu.PORT, Gtpu.PORT);
        Ethernet.write(frame, toMac, fromMac, Ethernet.IPV4);
        return bytes;
    }

    private void packet(MemorySegment frame, int at, int end, int source, int destination) {
        Ipv4.write(frame, at, end - at, Ipv4.UDP, from, to);
        Udp.write(frame, at, at + Ipv4.HEADER, end, source, destination);
    }
}
