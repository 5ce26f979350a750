package io.patchbay.ipvlan;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The link that a network's links are made on.
record Parent(Place place, Link link) {

    /// The chosen link, fit to carry links. Refuses one that is missing, down, a port of a link
    /// that takes its packets, or too small for the MTU that is asked for.
    ///
    /// @param refusal the code of a refusal: 7 for an ADD, 50 for STATUS
    static <C extends Record & UpperLinkConfig> Parent of(
            Place place, ParentChoice choice, C config, UpperLinks<C> kind, ErrorCode refusal) {
        Link link = choice.get(place, refusal);
        String title = "link %s (%s) of %s".formatted(link.name(), choice.why(), place.title());
        if (!link.up()) {
            throw new CniException(refusal, "%s is down: set it up first".formatted(title));
        }
        Optional<Link> master = master(place, link);
        if (master.isPresent() && !kind.worksBelow(master.get().kind())) {
            throw new CniException(
                    refusal,
                    "%s is a port of %s, which takes all its packets: name that link instead"
                            .formatted(title, master.get().name()));
        }
        if (config.mtu() > link.mtu()) {
            throw new CniException(
                    refusal,
                    "\"mtu\" is %d, but %s has %d: ask for no more than that, or raise it there"
                            .formatted(config.mtu(), title, link.mtu()));
        }
        return new Parent(place, link);
    }

    private static Optional<Link> master(Place place, Link link) {
        return link.master().stream()
                .mapToObj(place.netns().rtnl()::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    int index() {
        return link.index();
    }

    String name() {
        return link.name();
    }

    /// The links on it that are in its own namespace. Those in others cannot be seen from here: a
    /// namespace shows its own links only.
    List<Link> visible() {
        return place.netns().rtnl().links().stream().filter(other -> other.isOn(link)).toList();
    }

    /// Refuses an address that it has itself: the kernel does not, and one of the two would go
    /// without packets.
    void refuseOwn(Lease lease) {
        if (lease.ips().isEmpty()) {
            return;
        }
        List<InetAddress> own =
                place.netns().rtnl().addresses(index()).stream().map(Cidr::address).toList();
        lease.ips().stream()
                .map(ip -> ip.address().address())
                .filter(own::contains)
                .findFirst()
                .ifPresent(taken -> {
                    throw CniException.invalidConfig(
                            "address %s is that of the parent, link %s of %s, itself: exclude it from the network's addresses"
                                    .formatted(Cidr.text(taken), name(), place.title()));
                });
    }
}
