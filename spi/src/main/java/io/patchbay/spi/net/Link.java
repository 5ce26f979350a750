package io.patchbay.spi.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A link as the kernel shows it. Its identity is its index; its name may change.
///
/// @param kind IFLA_INFO_KIND, empty for a hardware device
/// @param mac empty where the link has no Ethernet address
/// @param parent the index of the link below (IFLA_LINK), or of a veth's peer in its own namespace
/// @param parentNetns the namespace of that parent or peer, as this one numbers it
///   (IFLA_LINK_NETNSID); empty where it is this one
/// @param mode the ipvlan or macvlan mode as the kernel numbers it
/// @param vlan the VLAN id of a vlan link
/// @param alias a remark about the link (IFLA_IFALIAS), or nothing
/// @param altNames its further names; no other link of the namespace can have one of them
/// @param permanentMac the address that the hardware has of itself
/// @param device the hardware below on its bus, such as `0000:01:10.0`, in every namespace
/// @param bridge what a bridge says of itself, or of the link as its port
/// @param settings what {@link Change}s can set of any link beyond the above
/// @param upper how it stands on its parent
public record Link(
        int index,
        String name,
        String kind,
        boolean up,
        int mtu,
        int group,
        Optional<MacAddress> mac,
        OptionalInt master,
        OptionalInt parent,
        OptionalInt parentNetns,
        OptionalInt mode,
        OptionalInt vlan,
        String alias,
        List<String> altNames,
        Optional<MacAddress> permanentMac,
        Optional<String> device,
        Settings settings,
        Bridging bridge,
        Upper upper) {

    /// What a bridge can tell of a link.
    ///
    /// @param filtersVlans whether the link is a bridge that looks at VLANs
    /// @param port the link as a port of its bridge; empty where it is none
    public record Bridging(boolean filtersVlans, Optional<Port> port) {
        public static final Bridging NONE = new Bridging(false, Optional.empty());

        /// A port, as {@link Change.SetBridgePort} sets it.
        ///
        /// @param forwards whether frames pass by now; they do not before the link's carrier was
        ///   noticed, nor while a spanning tree is found
        public record Port(boolean forwards, boolean hairpin, boolean isolated) {}
    }

    /// What can be set of a link of any kind.
    ///
    /// @param promiscuous whether it was asked for (IFF_PROMISC of the flags), which is what {@link
    ///   Change.SetPromiscuous} sets and takes back. Whether the link is so just now is another
    ///   matter (IFLA_PROMISCUITY): the kernel counts its own askers too, such as a bridge that it
    ///   is a port of or a capture, and their number is nobody's to restore.
    /// @param allMulticast likewise (IFF_ALLMULTI)
    /// @param transmitQueueLength in frames (IFLA_TXQLEN)
    public record Settings(boolean promiscuous, boolean allMulticast, int transmitQueueLength) {
        /// An Ethernet link's when it is made (DEFAULT_TX_QUEUE_LEN).
        public static final Settings DEFAULT = new Settings(false, false, 1000);
    }

    /// What a link with a parent shows beyond the parent.
    ///
    /// @param protocol the kind of a vlan link's tag
    /// @param broadcastQueue of a macvlan link's parent, the most that any of its links asked for
    ///   (IFLA_MACVLAN_BC_QUEUE_LEN_USED)
    public record Upper(Optional<VlanProtocol> protocol, OptionalInt broadcastQueue) {
        public static final Upper NONE = new Upper(Optional.empty(), OptionalInt.empty());
    }

    /// Whether it is on that link of its own namespace.
    public boolean isOn(Link other) {
        return parentNetns.isEmpty() && parent.equals(OptionalInt.of(other.index));
    }

    /// A link of no hardware, with no alias and one name.
    public Link(
            int index,
            String name,
            String kind,
            boolean up,
            int mtu,
            int group,
            Optional<MacAddress> mac,
            OptionalInt master,
            OptionalInt parent,
            OptionalInt mode,
            OptionalInt vlan) {
        this(
                index,
                name,
                kind,
                up,
                mtu,
                group,
                mac,
                master,
                parent,
                OptionalInt.empty(),
                mode,
                vlan,
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Settings.DEFAULT,
                Bridging.NONE,
                Upper.NONE);
    }
}
