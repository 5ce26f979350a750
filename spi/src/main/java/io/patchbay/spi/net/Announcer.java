package io.patchbay.spi.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Tells the neighbours of a link about its addresses, and asks whether one is taken. Sources: RFC
/// 5227 for ARP, RFC 4861 §7.2.6 and RFC 4862 for IPv6.
public interface Announcer {
    /// Sends one gratuitous ARP request or unsolicited neighbour advertisement for each address.
    /// The link must be up.
    void announce(int link, List<InetAddress> own);

    /// Whether somebody else answers for an address within `wait`.
    boolean taken(int link, InetAddress probed, Duration wait);
}
