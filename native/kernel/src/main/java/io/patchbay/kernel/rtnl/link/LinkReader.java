package io.patchbay.kernel.rtnl.link;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Link.Bridging.Port;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VlanProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a link out of an RTM_NEWLINK, attribute by attribute.
public final class LinkReader {
    private static final int TYPE = 2;
    private static final int INDEX = 4;
    private static final int FLAGS = 8;

    private String name = "";
    private String kind = "";
    private int mtu;
    private int group;
    private Optional<MacAddress> mac = Optional.empty();
    private OptionalInt master = OptionalInt.empty();
    private OptionalInt parent = OptionalInt.empty();
    private OptionalInt parentNetns = OptionalInt.empty();
    private OptionalInt mode = OptionalInt.empty();
    private OptionalInt vlan = OptionalInt.empty();
    private OptionalInt table = OptionalInt.empty();
    private int transmitQueueLength;
    private boolean filtersVlans;
    private Optional<Port> port = Optional.empty();
    private Optional<VlanProtocol> protocol = Optional.empty();
    private OptionalInt broadcastQueue = OptionalInt.empty();

    private String alias = "";
    private final List<String> altNames = new ArrayList<>();
    private Optional<MacAddress> permanentMac = Optional.empty();
    private Optional<String> device = Optional.empty();

    private LinkReader() {}

    public static void read(Message message, Consumer<Link> to) {
        if (message.type() == Rtm.NEWLINK) {
            to.accept(new LinkReader().link(message));
        }
    }

    /// The routing table of a VRF.
    public static void readTable(Message message, Consumer<Integer> to) {
        if (message.type() == Rtm.NEWLINK) {
            LinkReader reader = new LinkReader();
            reader.link(message);
            reader.table.ifPresent(to::accept);
        }
    }

    private Link link(Message message) {
        Attributes attributes = message.attributes(LinkMessages.HEADER);
        while (attributes.next()) {
            read(attributes);
        }
        ByteBuffer header = message.payload();
        // The loopback has six octets too, all of them 0.
        if (header.getShort(TYPE) != Ifla.ETHERNET) {
            mac = Optional.empty();
            permanentMac = Optional.empty();
        }
        int flags = header.getInt(FLAGS);
        return new Link(
                header.getInt(INDEX),
                name,
                kind,
                (flags & Ifla.UP) != 0,
                mtu,
                group,
                mac,
                master,
                parent,
                parentNetns,
                mode,
                vlan,
                alias,
                List.copyOf(altNames),
                permanentMac,
                device,
                new Link.Settings(
                        (flags & Ifla.PROMISC) != 0,
                        (flags & Ifla.ALLMULTI) != 0,
                        transmitQueueLength),
                new Link.Bridging(filtersVlans, port),
                new Link.Upper(protocol, broadcastQueue));
    }

    private void read(Attributes attribute) {
        switch (attribute.type()) {
            case Ifla.IFNAME -> name = attribute.string();
            case Ifla.MTU -> mtu = attribute.u32();
            case Ifla.TXQLEN -> transmitQueueLength = attribute.u32();
            case Ifla.GROUP -> group = attribute.u32();
            case Ifla.ADDRESS -> mac = mac(attribute.bytes());
            case Ifla.MASTER -> master = OptionalInt.of(attribute.u32());
            case Ifla.LINK -> parent = OptionalInt.of(attribute.u32());
            case Ifla.LINK_NETNSID -> parentNetns = OptionalInt.of(attribute.u32());
            case Ifla.LINKINFO -> readInfo(attribute.nested());
            case Ifla.IFALIAS -> alias = attribute.string();
            case Ifla.PROP_LIST -> readAltNames(attribute.nested());
            case Ifla.PERM_ADDRESS -> permanentMac = mac(attribute.bytes());
            case Ifla.PARENT_DEV_NAME -> device = Optional.of(attribute.string());
            default -> {}
        }
    }

    private void readAltNames(Attributes properties) {
        while (properties.next()) {
            if (properties.type() == Ifla.ALT_IFNAME) {
                altNames.add(properties.string());
            }
        }
    }

    /// A tunnel's address has another length, and is no MAC.
    private static Optional<MacAddress> mac(byte[] octets) {
        return octets.length == 6 ? Optional.of(MacAddress.of(octets)) : Optional.empty();
    }

    /// The kind comes before the data that depends on it (rtnl_link_fill in net/core/rtnetlink.c).
    private void readInfo(Attributes info) {
        @Nullable Attributes data = null;
        String master = "";
        while (info.next()) {
            switch (info.type()) {
                case Ifla.INFO_KIND -> kind = info.string();
                case Ifla.INFO_DATA -> data = info.nested();
                case Ifla.INFO_SLAVE_KIND -> master = info.string();
                case Ifla.INFO_SLAVE_DATA -> {
                    if (master.equals("bridge")) {
                        port = Optional.of(BridgeMessages.readPort(info.nested()));
                    }
                }
                default -> {}
            }
        }
        while (data != null && data.next()) {
            readData(data);
        }
    }

    private void readData(Attributes data) {
        switch (kind) {
            case "ipvlan", "ipvtap" -> {
                if (data.type() == Ifla.IPVLAN_MODE) {
                    mode = OptionalInt.of(data.u16());
                }
            }
            case "macvlan", "macvtap" -> {
                switch (data.type()) {
                    case Ifla.MACVLAN_MODE -> mode = OptionalInt.of(data.u32());
                    case Ifla.MACVLAN_BC_QUEUE_LEN_USED ->
                            broadcastQueue = OptionalInt.of(data.u32());
                    default -> {}
                }
            }
            case "bridge" -> {
                if (data.type() == Ifla.BR_VLAN_FILTERING) {
                    filtersVlans = data.u8() != 0;
                }
            }
            case "vlan" -> {
                switch (data.type()) {
                    case Ifla.VLAN_ID -> vlan = OptionalInt.of(data.u16());
                    case Ifla.VLAN_PROTOCOL ->
                            protocol = Optional.of(VlanProtocol.of(data.u16BigEndian()));
                    default -> {}
                }
            }
            case "vrf" -> {
                if (data.type() == Ifla.VRF_TABLE) {
                    table = OptionalInt.of(data.u32());
                }
            }
            default -> {}
        }
    }
}
