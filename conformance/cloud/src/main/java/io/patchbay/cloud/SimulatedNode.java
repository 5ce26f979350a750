package io.patchbay.cloud;

import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Vpc;
import java.util.List;

/// An instance, with its interfaces by card and device: the first is the primary one.
public record SimulatedNode(String name, String instanceId, List<SimulatedEni> enis) {
    public SimulatedNode {
        enis = List.copyOf(enis);
    }

    static SimulatedNode of(Vpc vpc, Instance instance) {
        return new SimulatedNode(
                instance.name(),
                instance.id(),
                vpc.attachedTo(instance.id()).stream()
                        .map(eni -> SimulatedEni.of(vpc, eni))
                        .toList());
    }

    public SimulatedEni primary() {
        return enis.getFirst();
    }
}
