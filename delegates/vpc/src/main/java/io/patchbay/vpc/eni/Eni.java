package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An elastic network interface that is attached to this node.
///
/// @param device the device index on its network card; 0 on card 0 is the primary interface
/// @param primary its own address of IPv4, which is the node's and never a pod's
/// @param primary6 its own address of IPv6, where it has one
/// @param subnet6 the subnet's block of IPv6, where it has one
/// @param groups the ids of its security groups
/// @param config what it was made for; of the primary interface always {@link EniConfig#NODE}
/// @param vpc the blocks of the VPC, of both families
/// @param blocks what is assigned to it for pods, of both families: single addresses, and prefixes
///   whose every address is a pod's, the first and the last too
public record Eni(
        String id,
        MacAddress mac,
        int device,
        int card,
        InetAddress primary,
        String subnetId,
        Cidr subnet,
        Optional<InetAddress> primary6,
        Optional<Cidr> subnet6,
        List<String> groups,
        EniConfig config,
        List<Cidr> vpc,
        List<Cidr> blocks) {
    public static final Comparator<Eni> ORDER =
            Comparator.comparingInt(Eni::card).thenComparingInt(Eni::device);

    private static final InetAddress ROUTER = Cidr.address("fe80:ec2::1");
    private static final int FIRST_TABLE_OF_CARDS = 10_000;
    private static final int TABLES_OF_A_CARD = 100;

    public Eni {
        groups = List.copyOf(groups);
        vpc = List.copyOf(vpc);
        blocks = List.copyOf(blocks);
    }

    /// The same interface with other blocks.
    public Eni with(List<Cidr> others) {
        return new Eni(
                id, mac, device, card, primary, subnetId, subnet, primary6, subnet6, groups, config,
                vpc, others);
    }

    /// The same interface with what is for pods of one family. A single address of IPv6 is none: it
    /// is the host's own, or was given to it by hand.
    public Eni only(Family family) {
        return with(blocks.stream().filter(block -> isForPods(block, family)).toList());
    }

    private static boolean isForPods(Cidr block, Family family) {
        return Family.of(block) == family
                && (family == Family.IPV4 || !block.equals(Cidr.host(block.address())));
    }

    /// The same interface, made for something.
    Eni of(EniConfig what) {
        return new Eni(
                id, mac, device, card, primary, subnetId, subnet, primary6, subnet6, groups, what,
                vpc, blocks);
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

    /// Its own address of a family, where it has one.
    public Optional<InetAddress> own(Family family) {
        return switch (family) {
            case IPV4 -> Optional.of(primary);
            case IPV6 -> primary6;
        };
    }

    public boolean isOwn(InetAddress address) {
        return own(Family.of(address)).filter(address::equals).isPresent();
    }

    public boolean has(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /// The VPC's router: of IPv4 the address after the subnet's base (VPC user guide, "Subnet CIDR
    /// blocks"), of IPv6 one that is the same on every link (amazon-vpc-cni-k8s,
    /// `pkg/networkutils/network.go`).
    public InetAddress gateway(Family family) {
        return switch (family) {
            case IPV4 -> subnet.at(1);
            case IPV6 -> ROUTER;
        };
    }
}
