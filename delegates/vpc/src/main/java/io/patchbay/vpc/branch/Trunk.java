package io.patchbay.vpc.branch;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The link that carries the branches' frames.
public final class Trunk {
    private Trunk() {}

    /// By its MAC address; a link on top of it may have the same one.
    static Optional<Link> find(MacAddress mac, List<Link> links) {
        return links.stream()
                .filter(link -> link.mac().filter(mac::equals).isPresent())
                .min(
                        Comparator.comparing((Link link) -> link.vlan().isPresent())
                                .thenComparingInt(Link::index));
    }

    /// As {@link #find}; none is code 11, for an interface that is being attached has its link
    /// soon.
    public static Link link(MacAddress mac, List<Link> links) {
        return find(mac, links)
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "no link of this node has the MAC address %s of its trunk interface: it is detached, or not here yet"
                                        .formatted(mac)));
    }
}
