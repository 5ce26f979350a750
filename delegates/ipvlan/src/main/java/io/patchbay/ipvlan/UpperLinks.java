package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One kind of link on a parent: what it adds to the others.
///
/// @param <C> the record of a network's configuration
interface UpperLinks<C extends Record & UpperLinkConfig> {
    /// IFLA_INFO_KIND.
    String kind();

    /// The kernel's module that makes such links.
    default String module() {
        return kind();
    }

    /// Whether, behind another plugin of a chain, the parent is that one's link where none is
    /// named, and the addresses are that one's where there is no `ipam` section.
    default boolean followsChain() {
        return false;
    }

    /// Whether such links get their packets on a parent that is a port of a link of some kind. A
    /// VRF routes for its ports, and leaves their packets to whoever else wants them.
    default boolean worksBelow(String masterKind) {
        return masterKind.equals("vrf");
    }

    /// Refuses what the pod wishes and no parent can give.
    void refuseWish(Attachment<C> attachment);

    /// Refuses what this parent cannot carry, as far as its namespace shows it.
    ///
    /// @param beside the links on it that can be seen
    void refuseUnfit(Attachment<C> attachment, Parent parent, List<Link> beside);

    /// The link's own MAC address; empty where it has the parent's.
    Optional<MacAddress> mac(Attachment<C> attachment);

    /// What the network below sees of the link.
    Uplink.Use use(C config);

    LinkSpec spec(C config, LinkSpec.Head head, Parent parent);

    /// Refuses what has become of a link since it was made.
    void check(C config, Link found);

    /// Whether neighbours learn of the link's addresses by ARP and neighbour advertisements.
    boolean announces(C config);

    /// Sets the link up with its lease, where nobody else on the network has an address of it.
    default void configureIfFree(LeasedLink link, Netns pod, Parent parent) {
        link.configureIfFree(pod);
    }

    /// A sentence for what the kernel said no to, where the kind knows more than the kernel tells.
    Optional<CniException> explain(KernelException refusal, C config, Parent parent);

    /// Notes the use of a parent before the link is made, and refuses what others have of it.
    default void claim(Attachment<C> attachment, Parent parent, Lease lease) {}

    /// Where {@link #claim} notes it; empty where it notes nothing.
    default Optional<ParentUses> uses() {
        return Optional.empty();
    }

    /// What shares a parent with the kinds that are not its own: the kernel lets one kind have all
    /// packets of a link (its rx_handler), and answers EBUSY to the other.
    static void refuseMixed(Parent parent, List<Link> beside, String own, Set<String> others) {
        for (Link other : beside) {
            if (others.contains(other.kind())) {
                throw CniException.invalidConfig(
                        "link %s has %s link %s already, and cannot carry %s links beside it: name another \"master\""
                                .formatted(parent.name(), other.kind(), other.name(), own));
            }
        }
    }
}
