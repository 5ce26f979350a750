package io.patchbay.kernel.rtnl.address;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Requests about addresses, and the answers. Source: linux/if_addr.h.
///
/// ```
///  0        1        2       3       4        8
///  +--------+--------+-------+-------+--------+-----------
///  | u8     | u8     | u8    | u8    | u32    | attributes
///  | family | prefix | flags | scope | link   |
///  +--------+--------+-------+-------+--------+-----------   struct ifaddrmsg
/// ```
public final class AddressMessages {
    private static final int HEADER = 8;
    private static final int PREFIX = 1;
    private static final int LINK = 4;

    private static final int ADDRESS = 1;
    private static final int LOCAL = 2;
    private static final int BROADCAST = 4;
    private static final int FLAGS = 8;

    /// IFA_F_NODAD: else an address is tentative, and of no use, for a second or two.
    private static final int NODAD = 0x02;

    private AddressMessages() {}

    public static void add(MessageWriter to, int link, Cidr address) {
        write(to.begin(Rtm.NEWADDR, Rtm.CREATE), link, address);
        if (address.isIpv6()) {
            to.u32(FLAGS, NODAD);
        } else if (address.prefix() < 31) {
            to.bytes(BROADCAST, broadcast(address));
        }
    }

    /// The kernel does without, but programs that ask for it see 0.0.0.0; so every CNI plugin
    /// tells.
    private static byte[] broadcast(Cidr address) {
        byte[] octets = address.address().getAddress();
        for (int bit = address.prefix(); bit < octets.length * 8; bit++) {
            octets[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return octets;
    }

    public static void delete(MessageWriter to, int link, Cidr address) {
        write(to.begin(Rtm.DELADDR, Rtm.ONE), link, address);
    }

    private static void write(MessageWriter to, int link, Cidr address) {
        byte[] octets = address.address().getAddress();
        header(to, Family.of(address.isIpv6()), address.prefix(), link)
                .bytes(LOCAL, octets)
                .bytes(ADDRESS, octets);
    }

    private static MessageWriter header(MessageWriter to, Family family, int prefix, int link) {
        return to.putU8(family.value()).putU8(prefix).putU8(0).putU8(0).putU32(link);
    }

    public static void getAll(MessageWriter to, Family family, int link) {
        header(to.begin(Rtm.GETADDR, Rtm.ALL), family, 0, link);
    }

    public static void read(Message message, int link, Consumer<Cidr> to) {
        if (message.type() != Rtm.NEWADDR) {
            return;
        }
        @Nullable InetAddress address = address(message.attributes(HEADER));
        if (address != null && message.payload().getInt(LINK) == link) {
            int prefix = Byte.toUnsignedInt(message.payload().get(PREFIX));
            to.accept(Family.prefix(address, prefix));
        }
    }

    /// IFA_LOCAL is the link's own; IFA_ADDRESS is the other end's where there is one, and all that
    /// IPv6 tells.
    private static @Nullable InetAddress address(Attributes attributes) {
        @Nullable InetAddress address = null;
        while (attributes.next()) {
            if (attributes.type() == LOCAL) {
                return Family.address(attributes.bytes());
            }
            if (attributes.type() == ADDRESS) {
                address = Family.address(attributes.bytes());
            }
        }
        return address;
    }
}
