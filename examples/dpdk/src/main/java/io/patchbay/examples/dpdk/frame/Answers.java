package io.patchbay.examples.dpdk.frame;

import java.lang.foreign.MemorySegment;

/// What a station answers: ARP and ICMP echo for its address, UDP echo on a port, GTP-U Echo
/// Requests, and G-PDUs whose inner UDP is echoed through the tunnel. `address` 0 takes packets to
/// any address, and leaves ARP alone.
public record Answers(long mac, int address, int echoPort, Tunnels tunnels) {
    /// Whole and undamaged, but nothing to be answered.
    public static final int IGNORED = 0;

    public static final int MALFORMED = -1;

    /// How much longer than the frame an answer can be.
    public static final int ROOM = 2;

    /// Makes the frame, of `length` bytes with [#ROOM] behind them, its answer. Returns the
    /// answer's length, [#IGNORED] or [#MALFORMED].
    public int answer(MemorySegment frame, int length) {
        return switch (Ethernet.type(frame, length)) {
            case -1 -> MALFORMED;
            case Ethernet.ARP -> arp(frame, length);
            case Ethernet.IPV4 -> ipv4(frame, length);
            default -> IGNORED;
        };
    }

    private int arp(MemorySegment frame, int length) {
        if (!Arp.isSound(frame, length)) {
            return MALFORMED;
        }
        if (address == 0 || !Arp.asksFor(frame, address)) {
            return IGNORED;
        }
        Arp.answer(frame, mac);
        Ethernet.answer(frame, mac);
        return Arp.END;
    }

    private int ipv4(MemorySegment frame, int length) {
        int ip = Ethernet.HEADER;
        int at = Ipv4.payload(frame, ip, length);
        if (at < 0) {
            return MALFORMED;
        }
        boolean ours = address == 0 || Ipv4.destination(frame, ip) == address;
        if (!ours || Ipv4.isFragment(frame, ip)) {
            return IGNORED;
        }
        int end = Ipv4.end(frame, ip);
        int answerEnd =
                switch (Ipv4.protocol(frame, ip)) {
                    case Ipv4.ICMP -> icmp(frame, at, end);
                    case Ipv4.UDP -> udp(frame, ip, at, end);
                    default -> IGNORED;
                };
        if (answerEnd > 0) {
            Ipv4.answer(frame, ip, answerEnd - ip);
            Ethernet.answer(frame, mac);
        }
        return answerEnd;
    }

    private static int icmp(MemorySegment frame, int at, int end) {
        if (!Icmp.isSound(frame, at, end)) {
            return MALFORMED;
        }
        if (!Icmp.isEchoRequest(frame, at)) {
            return IGNORED;
        }
        Icmp.answer(frame, at, end);
        return end;
    }

    private int udp(MemorySegment frame, int ip, int at, int end) {
        int payload = Udp.payload(frame, ip, at, end);
        if (payload < 0) {
            return MALFORMED;
        }
        int port = Udp.destination(frame, at);
        int answerEnd = port == Gtpu.PORT ? gtpu(frame, payload, end) : port == echoPort ? end : 0;
        if (answerEnd > 0) {
            Udp.answer(frame, ip, at, answerEnd);
        }
        return answerEnd;
    }

    private int gtpu(MemorySegment frame, int at, int end) {
        int inner = Gtpu.payload(frame, at, end);
        if (inner < 0) {
            return MALFORMED;
        }
        return switch (Gtpu.type(frame, at)) {
            case Gtpu.ECHO_REQUEST -> echo(frame, at);
            case Gtpu.G_PDU -> tunnelled(frame, at, inner, end);
            default -> IGNORED;
        };
    }

    private static int echo(MemorySegment frame, int at) {
        if (!Gtpu.hasSequence(frame, at)) {
            return MALFORMED;
        }
        Gtpu.answerEcho(frame, at);
        return at + Gtpu.RESPONSE;
    }

    private int tunnelled(MemorySegment frame, int gtpu, int ip, int end) {
        int at = Ipv4.payload(frame, ip, end);
        if (at < 0 || Ipv4.end(frame, ip) != end) {
            return MALFORMED;
        }
        if (Ipv4.protocol(frame, ip) != Ipv4.UDP || Ipv4.isFragment(frame, ip)) {
            return IGNORED;
        }
        if (Udp.payload(frame, ip, at, end) < 0) {
            return MALFORMED;
        }
        Udp.answer(frame, ip, at, end);
        Ipv4.answer(frame, ip, end - ip);
        Gtpu.setTeid(frame, gtpu, tunnels.answering(Gtpu.teid(frame, gtpu)));
        return end;
    }
}
