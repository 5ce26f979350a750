package io.patchbay.spi.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// A link to be created: what every link has, and what its kind adds. Source: linux/if_link.h, and
/// drivers/net of the kind's name.
public sealed interface LinkSpec {
    Head head();

    /// A veth pair; each end may be created straight in its own namespace. The kernel cannot create
    /// the peer up: it needs a {@link Change.SetUp} of its own.
    record Veth(Head head, Head peer) implements LinkSpec {}

    record Ipvlan(Head head, int parent, IpvlanMode mode, IpvlanFlag flag) implements LinkSpec {}

    /// @param broadcastQueue how many broadcasts the parent's queue holds for all its links
    ///   (IFLA_MACVLAN_BC_QUEUE_LEN): the most that any of them asks for counts; 0 asks for the
    ///   kernel's default
    record Macvlan(Head head, int parent, MacvlanMode mode, int broadcastQueue)
            implements LinkSpec {
        public Macvlan(Head head, int parent, MacvlanMode mode) {
            this(head, parent, mode, 0);
        }
    }

    /// A VLAN, id 0 to 4094. Frames of id 0 have no VLAN, but a priority.
    record Vlan(Head head, int parent, int id, VlanProtocol protocol) implements LinkSpec {
        /// An 802.1Q VLAN.
        public Vlan(Head head, int parent, int id) {
            this(head, parent, id, VlanProtocol.DOT1Q);
        }
    }

    /// @param filtersVlans whether it looks at VLANs, each port carrying its own
    record Bridge(Head head, boolean filtersVlans) implements LinkSpec {
        public Bridge(Head head) {
            this(head, false);
        }
    }

    /// A kind this contract does not know: `data` is the content of IFLA_INFO_DATA.
    record Other(Head head, String kind, OptionalInt parent, ByteBuffer data) implements LinkSpec {}

    /// IPVLAN_MODE_L2, _L3, _L3S.
    enum IpvlanMode {
        L2(0),
        L3(1),
        L3S(2);

        private final int value;

        IpvlanMode(int value) {
            this.value = value;
        }

        /// The kernel's number.
        public int value() {
            return value;
        }
    }

    /// How slaves of one parent see each other; it belongs to the parent, as does the mode.
    enum IpvlanFlag {
        BRIDGE,
        PRIVATE,
        VEPA
    }

    /// MACVLAN_MODE_PRIVATE, _VEPA, _BRIDGE, _PASSTHRU.
    enum MacvlanMode {
        PRIVATE(1),
        VEPA(2),
        BRIDGE(4),
        PASSTHRU(8);

        private final int value;

        MacvlanMode(int value) {
            this.value = value;
        }

        /// The kernel's number.
        public int value() {
            return value;
        }
    }

    /// What every link has. Index, group and mtu 0 leave the choice to the kernel.
    ///
    /// @param in where the link is to appear; empty is the namespace of the request
    record Head(
            String name,
            int index,
            int group,
            int mtu,
            Optional<MacAddress> mac,
            OptionalInt master,
            Optional<Netns> in,
            boolean up) {

        public static Head named(String name) {
            return new Head(
                    name, 0, 0, 0, Optional.empty(), OptionalInt.empty(), Optional.empty(), false);
        }

        public Head index(int value) {
            return new Head(name, value, group, mtu, mac, master, in, up);
        }

        public Head group(int value) {
            return new Head(name, index, value, mtu, mac, master, in, up);
        }

        public Head mtu(int value) {
            return new Head(name, index, group, value, mac, master, in, up);
        }

        public Head mac(MacAddress value) {
            return new Head(name, index, group, mtu, Optional.of(value), master, in, up);
        }

        public Head master(int value) {
            return new Head(name, index, group, mtu, mac, OptionalInt.of(value), in, up);
        }

        public Head in(Netns value) {
            return new Head(name, index, group, mtu, mac, master, Optional.of(value), up);
        }

        public Head asUp() {
            return new Head(name, index, group, mtu, mac, master, in, true);
        }
    }
}
