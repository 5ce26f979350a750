package io.patchbay.cloud;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A network interface that is attached to a node.
///
/// @param secondaries the single addresses beside the primary one, in the order of assignment
/// @param prefixes the /28
public record SimulatedEni(
        String id,
        MacAddress mac,
        int card,
        int device,
        SimulatedSubnet subnet,
        InetAddress primary,
        List<InetAddress> secondaries,
        List<Cidr> prefixes) {
    public SimulatedEni {
        secondaries = List.copyOf(secondaries);
        prefixes = List.copyOf(prefixes);
    }

    static SimulatedEni of(Vpc vpc, NetworkInterface eni) {
        Attachment at = eni.attachment().orElseThrow();
        return new SimulatedEni(
                eni.id(),
                eni.mac(),
                at.card(),
                at.device(),
                new SimulatedSubnet(eni.subnet(), vpc.getSubnet(eni.subnet()).cidr()),
                eni.primary(),
                eni.blocks().stream()
                        .filter(block -> block.prefix() == 32)
                        .map(Cidr::address)
                        .toList(),
                eni.blocks().stream().filter(block -> block.prefix() == 28).toList());
    }

    /// All single addresses, the primary one first.
    public List<InetAddress> addresses() {
        List<InetAddress> all = new ArrayList<>(List.of(primary));
        all.addAll(secondaries);
        return all;
    }
}
