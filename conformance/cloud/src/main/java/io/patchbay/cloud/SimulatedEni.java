package io.patchbay.cloud;

import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A network interface that is attached to a node.
///
/// @param secondaries the assigned addresses beside the primary one, in the order of assignment
public record SimulatedEni(
        String id,
        MacAddress mac,
        int device,
        SimulatedSubnet subnet,
        InetAddress primary,
        List<InetAddress> secondaries) {
    public SimulatedEni {
        secondaries = List.copyOf(secondaries);
    }

    /// All addresses, the primary one first.
    public List<InetAddress> addresses() {
        List<InetAddress> all = new ArrayList<>(List.of(primary));
        all.addAll(secondaries);
        return all;
    }

    SimulatedEni with(List<InetAddress> assigned) {
        return new SimulatedEni(id, mac, device, subnet, primary, assigned);
    }
}
