package io.patchbay.spi.net;

/// A change to the kernel's network state, as a value. Links are named by their index, never by
/// their name. Adding what is there fails with EEXIST, deleting what is not with ESRCH, ENOENT,
/// ENODEV or EADDRNOTAVAIL: {@link KernelException#exists} and {@link KernelException#isAbsent}.
public sealed interface Change {
    record CreateLink(LinkSpec spec) implements Change {}

    record SetUp(int link, boolean up) implements Change {}

    record Rename(int link, String name) implements Change {}

    record SetMtu(int link, int mtu) implements Change {}

    record SetMac(int link, MacAddress mac) implements Change {}

    /// Asks for every frame on the wire, or takes the asking back. Others may ask too, such as a
    /// capture or a bridge that the link is a port of: the link hears all for as long as one does.
    record SetPromiscuous(int link, boolean on) implements Change {}

    /// Asks for every multicast frame, as {@link SetPromiscuous} does for all.
    record SetAllMulticast(int link, boolean on) implements Change {}

    /// Has the kernel tell the neighbours of the link's IPv4 addresses when it gets another MAC
    /// address or goes up (`arp_notify`), without a visit to the namespace. EAFNOSUPPORT for a link
    /// whose MTU is too small for IPv4. There is no such request for `ndisc_notify` of IPv6.
    record SetArpNotify(int link, boolean on) implements Change {}

    /// How many frames may wait to be sent.
    record SetTransmitQueueLength(int link, int length) implements Change {}

    /// Enslaves a link; master 0 frees it.
    record SetMaster(int link, int master) implements Change {}

    /// Sets what a bridge does with one of its ports.
    ///
    /// @param hairpin whether a frame may go back where it came from
    /// @param isolated whether frames go to ports only that are not isolated
    record SetBridgePort(int link, boolean hairpin, boolean isolated) implements Change {}

    /// Lets a port of a bridge carry VLANs; those that it carries already are changed.
    record AddBridgeVlans(int link, BridgeVlans vlans) implements Change {}

    /// Takes the VLANs of a port from `first` to `last`; one that it does not carry is passed over.
    record DeleteBridgeVlans(int link, int first, int last) implements Change {}

    /// Moves a link that exists into another namespace under a name. It waits for the kernel's
    /// readers, some 16 ms: create a link in place where you can. EEXIST where the name is taken
    /// there, and the link **has moved all the same**, under the name it had: look for its index in
    /// both.
    record MoveLink(int link, Netns to, String name) implements Change {}

    /// Leaves a remark on a link, up to 255 octets; the empty one takes it away.
    record SetAlias(int link, String alias) implements Change {}

    /// EEXIST where any link of the namespace has that name.
    record AddAltName(int link, String name) implements Change {}

    record DeleteAltName(int link, String name) implements Change {}

    /// Sets one thing of a virtual function through the link of its physical one, and leaves the
    /// others as they are. EOPNOTSUPP and the like where the driver has no such thing.
    record SetVirtualFunction(int physical, int index, VirtualFunction.Setting setting)
            implements Change {}

    record DeleteLink(int link) implements Change {}

    /// Deletes every link of a group in one step. The kernel refuses it whole if one member cannot
    /// be deleted, so a device that was moved, not made, must never be in a group.
    record DeleteGroup(int group) implements Change {}

    /// An IPv6 address is usable at once: duplicate address detection is skipped (IFA_F_NODAD).
    record AddAddress(int link, Cidr address) implements Change {}

    record DeleteAddress(int link, Cidr address) implements Change {}

    record AddRoute(Route route) implements Change {}

    record DeleteRoute(Route route) implements Change {}

    record AddRule(Rule rule) implements Change {}

    record DeleteRule(Rule rule) implements Change {}

    record AddNeighbour(Neighbour neighbour) implements Change {}

    record DeleteNeighbour(Neighbour neighbour) implements Change {}
}
