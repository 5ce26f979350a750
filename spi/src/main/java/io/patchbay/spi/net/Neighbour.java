package io.patchbay.spi.net;

import java.net.InetAddress;

/// An entry of the ARP or neighbour table.
///
/// @param permanent never aged or probed (NUD_PERMANENT); otherwise it is merely reachable
public record Neighbour(int link, InetAddress address, MacAddress mac, boolean permanent) {}
