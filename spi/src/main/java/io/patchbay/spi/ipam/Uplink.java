package io.patchbay.spi.ipam;

import io.patchbay.spi.net.Link;
import java.util.Optional;

/// The link of the host by which an attachment's packets leave, and how the attachment's own link
/// stands to it: where the network below gives addresses to links, as a cloud does, whose address
/// it may be follows from this.
///
/// @param link empty where it is a device that a process drives, and has no link
public record Uplink(Optional<Link> link, Use use) {
    /// What the network sees of the attachment.
    public enum Use {
        /// Its frames have the uplink's MAC address, as those of others may: ipvlan.
        SHARED,
        /// The same, but the uplink is for this attachment alone: macvlan in passthru.
        ALONE,
        /// The host routes what it sends: ipvlan in l3 and l3s.
        ROUTED,
        /// Its frames have a MAC address of their own: macvlan.
        OWN_MAC,
        /// Its frames bear a tag: vlan.
        TAGGED,
        /// The uplink itself is the attachment's: a device of the host.
        GIVEN
    }

    public Uplink(Link link, Use use) {
        this(Optional.of(link), use);
    }

    /// A device of the host.
    public static Uplink given(Optional<Link> link) {
        return new Uplink(link, Use.GIVEN);
    }
}
