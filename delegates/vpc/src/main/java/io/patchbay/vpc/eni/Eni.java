package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/// An elastic network interface that is attached to this node.
///
/// @param device the device index on its network card; 0 on card 0 is the primary interface
/// @param primary its own address, which is the node's and never a pod's
/// @param vpc the blocks of the VPC
/// @param blocks what is assigned to it for pods: single addresses, and prefixes whose every
///   address is a pod's, the first and the last too
public record Eni(
        String id,
        MacAddress mac,
        int device,
        int card,
        InetAddress primary,
        String subnetId,
        Cidr subnet,
        List<Cidr> vpc,
        List<Cidr> blocks) {
    public static final Comparator<Eni> ORDER =
            Comparator.comparingInt(Eni::card).thenComparingInt(Eni::device);

    private static final int FIRST_TABLE_OF_CARDS = 10_000;
    private static final int TABLES_OF_A_CARD = 100;

    public Eni {
        vpc = List.copyOf(vpc);
        blocks = List.copyOf(blocks);
    }

    /// The same interface with other blocks.
    public Eni with(List<Cidr> others) {
        return new Eni(id, mac, device, card, primary, subnetId, subnet, vpc, others);
    }

    public boolean isPrimary() {
        return card == 0 && device == 0;
    }

    /// The routing table of what comes from its addresses, numbered as Amazon's plugin does.
    public int table() {
        if (isPrimary()) {
            return Route.MAIN;
        }
        return card == 0 ? device + 1 : FIRST_TABLE_OF_CARDS + TABLES_OF_A_CARD * card + device;
    }

    /// The addresses for pods.
    public List<InetAddress> addresses() {
        return blocks.stream().flatMap(Cidr::addresses).toList();
    }

    public boolean has(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /// The VPC's router: the address after the subnet's base (VPC user guide, "Subnet CIDR
    /// blocks").
    public InetAddress gateway() {
        return subnet.at(1);
    }
}
