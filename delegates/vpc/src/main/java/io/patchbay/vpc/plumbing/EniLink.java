package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An interface as the host sees it.
public record EniLink(Eni eni, int link, String name, boolean up, int mtu) {

    /// Finds it by its MAC address. Links on top of it, such as ipvlan's, have the same one: the
    /// hardware comes first, then the oldest.
    public static Optional<EniLink> find(Eni eni, List<Link> links) {
        return links.stream()
                .filter(link -> link.mac().filter(eni.mac()::equals).isPresent())
                .min(
                        Comparator.comparing((Link link) -> !link.kind().isEmpty())
                                .thenComparingInt(Link::index))
                .map(link -> new EniLink(eni, link.index(), link.name(), link.up(), link.mtu()));
    }

    /// Whether pods and the node can use a family by it.
    boolean has(Family family) {
        return switch (family) {
            case IPV4 -> true;
            case IPV6 ->
                    eni.subnet6().isPresent() && (eni.primary6().isPresent() || serves(family));
        };
    }

    /// Whether it has addresses of a family for pods.
    boolean serves(Family family) {
        return !eni.only(family).blocks().isEmpty();
    }

    /// Its own address, as the link carries it: one of IPv6 is alone, as DHCPv6 gives it.
    Optional<Cidr> own(Family family) {
        return switch (family) {
            case IPV4 -> Optional.of(new Cidr(eni.primary(), eni.subnet().prefix()));
            case IPV6 -> eni.primary6().map(Cidr::host);
        };
    }

    Optional<Cidr> subnet(Family family) {
        return switch (family) {
            case IPV4 -> Optional.of(eni.subnet());
            case IPV6 -> eni.subnet6();
        };
    }

    EniLink withMtu(int value) {
        return new EniLink(eni, link, name, up, value);
    }
}
