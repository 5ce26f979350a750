package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Link;
import io.patchbay.vpc.eni.Eni;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An interface as the host sees it.
public record EniLink(Eni eni, int link, String name, boolean up, int mtu) {

    /// Finds it by its MAC address. Links on top of it, such as ipvlan's, have the same one: the
    /// hardware comes first, then the oldest.
    static Optional<EniLink> find(Eni eni, List<Link> links) {
        return links.stream()
                .filter(link -> link.mac().filter(eni.mac()::equals).isPresent())
                .min(
                        Comparator.comparing((Link link) -> !link.kind().isEmpty())
                                .thenComparingInt(Link::index))
                .map(link -> new EniLink(eni, link.index(), link.name(), link.up(), link.mtu()));
    }

    EniLink withMtu(int value) {
        return new EniLink(eni, link, name, up, value);
    }
}
