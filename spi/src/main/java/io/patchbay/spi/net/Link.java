package io.patchbay.spi.net;

import java.util.Optional;
import java.util.OptionalInt;

/// A link as the kernel shows it. Its identity is its index; its name may change.
///
/// @param kind IFLA_INFO_KIND, empty for a hardware device
/// @param mac empty where the link has no Ethernet address
/// @param parent the index of the link below (IFLA_LINK), or of a veth's peer in its own namespace
/// @param mode the ipvlan or macvlan mode as the kernel numbers it
/// @param vlan the VLAN id of a vlan link
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
        OptionalInt mode,
        OptionalInt vlan) {}
