package io.patchbay.kernel.rtnl.neighbour;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Requests about neighbours, and the answers. Source: linux/neighbour.h.
///
/// ```
///  0        1        4        8       10      11     12
///  +--------+--------+--------+-------+-------+------+-----------
///  | u8     | unused | s32    | u16   | u8    | u8   | attributes
///  | family |        | link   | state | flags | type |
///  +--------+--------+--------+-------+-------+------+-----------   struct ndmsg
/// ```
public final class NeighbourMessages {
    private static final int HEADER = 12;
    private static final int LINK = 4;
    private static final int STATE = 8;

    private static final int DST = 1;
    private static final int LLADDR = 2;
    private static final int IFINDEX = 8;

    private static final int REACHABLE = 0x02;
    private static final int PERMANENT = 0x80;

    /// Multicast, and links that do not ask: no neighbour was found out about.
    private static final int NOARP = 0x40;

    private NeighbourMessages() {}

    public static void add(MessageWriter to, Neighbour neighbour) {
        to.begin(Rtm.NEWNEIGH, Rtm.CREATE);
        header(to, neighbour, neighbour.permanent() ? PERMANENT : REACHABLE)
                .bytes(LLADDR, neighbour.mac().octets());
    }

    public static void delete(MessageWriter to, Neighbour neighbour) {
        header(to.begin(Rtm.DELNEIGH, Rtm.ONE), neighbour, 0);
    }

    private static MessageWriter header(MessageWriter to, Neighbour neighbour, int state) {
        return to.putU8(Family.of(neighbour.address()).value())
                .putU8(0)
                .putU16(0)
                .putU32(neighbour.link())
                .putU16(state)
                .putU16(0)
                .bytes(DST, neighbour.address().getAddress());
    }

    public static void getAll(MessageWriter to, Family family, int link) {
        to.begin(Rtm.GETNEIGH, Rtm.ALL)
                .putU8(family.value())
                .putU8(0)
                .putU16(0)
                .putU32(0)
                .putU32(0)
                .u32(IFINDEX, link);
    }

    /// Entries without an address yet, such as failed ones, are passed over.
    public static void read(Message message, int link, Consumer<Neighbour> to) {
        if (message.type() != Rtm.NEWNEIGH) {
            return;
        }
        Attributes attributes = message.attributes(HEADER);
        if (message.payload().getInt(LINK) != link) {
            return;
        }
        @Nullable InetAddress address = null;
        @Nullable MacAddress mac = null;
        while (attributes.next()) {
            switch (attributes.type()) {
                case DST -> address = Family.address(attributes.bytes());
                case LLADDR -> {
                    byte[] octets = attributes.bytes();
                    mac = octets.length == 6 ? MacAddress.of(octets) : null;
                }
                default -> {}
            }
        }
        int state = message.payload().getShort(STATE);
        if (address != null && mac != null && (state & NOARP) == 0) {
            boolean permanent = (state & PERMANENT) != 0;
            to.accept(new Neighbour(link, address, mac, permanent));
        }
    }
}
