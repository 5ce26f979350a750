package io.patchbay.cloud;

import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A network interface that is attached to a node.
///
/// @param secondaries the single addresses of IPv4 beside the primary one, in the order of
///   assignment
/// @param prefixes the /28
/// @param addresses6 the single addresses of IPv6, its own first, where it has one
/// @param prefixes6 the /80
public record SimulatedEni(
        String id,
        MacAddress mac,
        int card,
        int device,
        SimulatedSubnet subnet,
        InetAddress primary,
        List<InetAddress> secondaries,
        List<Cidr> prefixes,
        List<InetAddress> addresses6,
        List<Cidr> prefixes6) {
    public SimulatedEni {
        secondaries = List.copyOf(secondaries);
        prefixes = List.copyOf(prefixes);
        addresses6 = List.copyOf(addresses6);
        prefixes6 = List.copyOf(prefixes6);
    }

    static SimulatedEni of(Vpc vpc, NetworkInterface eni) {
        Attachment at = eni.attachment().orElseThrow();
        return new SimulatedEni(
                eni.id(),
                eni.mac(),
                at.card(),
                at.device(),
                SimulatedSubnet.of(vpc.getSubnet(eni.subnet())),
                eni.primary(),
                of(eni, 32).map(Cidr::address).toList(),
                of(eni, 28).toList(),
                of(eni, 128).map(Cidr::address).toList(),
                of(eni, 80).toList());
    }

    private static Stream<Cidr> of(NetworkInterface eni, int length) {
        return eni.blocks().stream().filter(block -> block.prefix() == length);
    }

    /// All single addresses of IPv4, the primary one first.
    public List<InetAddress> addresses() {
        List<InetAddress> all = new ArrayList<>(List.of(primary));
        all.addAll(secondaries);
        return all;
    }

    /// Its own address of IPv6.
    public Optional<InetAddress> primary6() {
        return addresses6.stream().findFirst();
    }
}
