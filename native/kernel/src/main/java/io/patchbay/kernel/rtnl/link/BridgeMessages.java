package io.patchbay.kernel.rtnl.link;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change.SetBridgePort;
import io.patchbay.spi.net.Link.Bridging.Port;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Requests about the ports of a bridge and the VLANs that they carry, and the answers. Source:
/// linux/if_bridge.h.
///
/// ```
///  0        1      4       8
///  +--------+------+-------+-----------
///  | u8     | pad  | s32   | attributes
///  | family |      | index |
///  +--------+------+-------+-----------   struct br_vlan_msg
/// ```
public final class BridgeMessages {
    private static final int AF_BRIDGE = 7;
    private static final int VLAN_HEADER = 8;

    // The flags of struct bridge_vlan_info: u16 flags, u16 id.
    private static final int PVID = 1 << 1;
    private static final int UNTAGGED = 1 << 2;
    private static final int RANGE_BEGIN = 1 << 3;
    private static final int RANGE_END = 1 << 4;

    private static final int VLANDB_ENTRY = 1;
    private static final int ENTRY_INFO = 1;
    private static final int ENTRY_RANGE = 2;

    /// BR_STATE_FORWARDING.
    private static final int FORWARDING = 3;

    private BridgeMessages() {}

    public static void setPort(MessageWriter to, SetBridgePort port) {
        header(to.begin(Rtm.SETLINK, Rtm.ONE), port.link())
                .nest(
                        Ifla.NESTED | Ifla.PROTINFO,
                        () ->
                                to.u8(Ifla.BRPORT_MODE, bit(port.hairpin()))
                                        .u8(Ifla.BRPORT_ISOLATED, bit(port.isolated())));
    }

    /// As of any request about a link, with the family that a bridge answers.
    private static MessageWriter header(MessageWriter to, int port) {
        return to.putU32(AF_BRIDGE).putU32(port).putU32(0).putU32(0);
    }

    private static int bit(boolean on) {
        return on ? 1 : 0;
    }

    static Port readPort(Attributes data) {
        boolean forwards = false;
        boolean hairpin = false;
        boolean isolated = false;
        while (data.next()) {
            switch (data.type()) {
                case Ifla.BRPORT_STATE -> forwards = data.u8() == FORWARDING;
                case Ifla.BRPORT_MODE -> hairpin = data.u8() != 0;
                case Ifla.BRPORT_ISOLATED -> isolated = data.u8() != 0;
                default -> {}
            }
        }
        return new Port(forwards, hairpin, isolated);
    }

    public static void addVlans(MessageWriter to, int port, BridgeVlans vlans) {
        int flags = (vlans.pvid() ? PVID : 0) | (vlans.untagged() ? UNTAGGED : 0);
        vlans(to, Rtm.SETLINK, port, flags, vlans.first(), vlans.last());
    }

    public static void deleteVlans(MessageWriter to, int port, int first, int last) {
        vlans(to, Rtm.DELLINK, port, 0, first, last);
    }

    private static void vlans(
            MessageWriter to, int type, int port, int flags, int first, int last) {
        header(to.begin(type, Rtm.ONE), port)
                .nest(
                        Ifla.AF_SPEC,
                        () -> {
                            if (first == last) {
                                vlan(to, flags, first);
                            } else {
                                vlan(to, flags | RANGE_BEGIN, first);
                                vlan(to, flags | RANGE_END, last);
                            }
                        });
    }

    private static void vlan(MessageWriter to, int flags, int id) {
        to.nest(Ifla.BRIDGE_VLAN_INFO, () -> to.putU16(flags).putU16(id));
    }

    public static void getVlans(MessageWriter to, int port) {
        to.begin(Rtm.GETVLAN, Rtm.ALL).putU32(AF_BRIDGE).putU32(port);
    }

    public static void readVlans(Message message, Consumer<BridgeVlans> to) {
        if (message.type() != Rtm.NEWVLAN) {
            return;
        }
        Attributes entries = message.attributes(VLAN_HEADER);
        while (entries.next()) {
            if (entries.type() == VLANDB_ENTRY) {
                to.accept(readVlans(entries.nested()));
            }
        }
    }

    private static BridgeVlans readVlans(Attributes entry) {
        int flags = 0;
        int first = 0;
        int last = 0;
        while (entry.next()) {
            switch (entry.type()) {
                case ENTRY_INFO -> {
                    ByteBuffer info = entry.raw();
                    flags = info.getShort(0);
                    first = info.getShort(2);
                }
                case ENTRY_RANGE -> last = entry.u16();
                default -> {}
            }
        }
        return new BridgeVlans(
                first, Math.max(first, last), (flags & PVID) != 0, (flags & UNTAGGED) != 0);
    }
}
