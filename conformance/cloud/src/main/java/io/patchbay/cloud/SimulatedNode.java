package io.patchbay.cloud;

import java.net.InetAddress;
import java.util.List;

/// An instance, with its interfaces by device number: the first is the primary one.
public record SimulatedNode(String name, String instanceId, List<SimulatedEni> enis) {
    public SimulatedNode {
        enis = List.copyOf(enis);
    }

    public SimulatedEni primary() {
        return enis.getFirst();
    }

    boolean has(InetAddress address) {
        return enis.stream().anyMatch(eni -> eni.addresses().contains(address));
    }

    SimulatedNode with(SimulatedEni changed) {
        return new SimulatedNode(
                name,
                instanceId,
                enis.stream().map(eni -> eni.id().equals(changed.id()) ? changed : eni).toList());
    }
}
