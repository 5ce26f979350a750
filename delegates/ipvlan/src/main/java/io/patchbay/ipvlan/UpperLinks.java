package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
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

    /// Refuses what this parent cannot carry, as far as the host shows it.
    void refuseUnfit(Attachment<C> attachment, Link parent);

    /// The link's own MAC address; empty where it has the parent's.
    Optional<MacAddress> mac(Attachment<C> attachment);

    /// What the network below sees of the link.
    Uplink.Use use(C config);

    LinkSpec spec(C config, LinkSpec.Head head, Link parent);

    /// Refuses what has become of a link since it was made.
    void check(C config, Link found);

    /// Whether neighbours learn of the link's addresses by ARP and neighbour advertisements.
    boolean announces(C config);

    /// A sentence for what the kernel said no to, where the kind knows more than the kernel tells.
    Optional<CniException> explain(KernelException refusal, C config, Link parent);

    /// Notes the use of a parent before the link is made.
    default void claim(Attachment<C> attachment, Link parent) {}

    /// Forgets the use of a parent. Idempotent.
    default void release(AttachmentId id) {}

    /// Forgets every use of a network's by attachments that are not valid.
    default void releaseAllBut(String network, Set<AttachmentId> valid) {}

    /// What shares a parent with the kinds that are not its own: the kernel lets one kind have all
    /// packets of a link (its rx_handler), and answers EBUSY to the other.
    static void refuseMixed(Netns host, Link parent, String own, Set<String> others) {
        for (Link other : Parent.visibleOn(host, parent)) {
            if (others.contains(other.kind())) {
                throw CniException.invalidConfig(
                        "link %s has %s link %s already, and cannot carry %s links beside it: name another \"master\""
                                .formatted(parent.name(), other.kind(), other.name(), own));
            }
        }
    }
}
