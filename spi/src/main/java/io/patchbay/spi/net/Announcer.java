package io.patchbay.spi.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tells the neighbours of a link about its addresses, and asks whether one is taken. Sources: RFC
/// 5227 for ARP, RFC 4861 §7.2.6 and RFC 4862 for IPv6.
public interface Announcer {
    /// Somebody who has an address, or is about to take it.
    record Claim(InetAddress address, MacAddress by) {}

    /// Sends a gratuitous ARP request or an unsolicited neighbour advertisement for each address,
    /// and, two seconds later and behind the caller's back, another for each that the link still
    /// has. The link must be up.
    void announce(int link, List<InetAddress> own);

    /// The first claim of somebody else to one of the addresses within `wait`. All of them are
    /// probed at once, of either family. The link must be up.
    Optional<Claim> claim(int link, List<InetAddress> probed, Duration wait);
}
