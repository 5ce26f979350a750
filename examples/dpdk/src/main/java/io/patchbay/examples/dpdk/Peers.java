package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.MacAddress;
import io.patchbay.dpdk.Port;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The neighbours behind ports, by `PORT=MAC`, a port by its name or number.
final class Peers {
    private final Map<Port, MacAddress> addresses = new HashMap<>();

    private Peers() {}

    static Peers of(Map<String, String> options, Ports ports) {
        Peers peers = new Peers();
        options.forEach((port, mac) -> peers.addresses.put(ports.get(port), MacAddress.parse(mac)));
        return peers;
    }

    @Nullable MacAddress of(Port port) {
        return addresses.get(port);
    }
}
