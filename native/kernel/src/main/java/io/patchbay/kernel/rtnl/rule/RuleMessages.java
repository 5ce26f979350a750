package io.patchbay.kernel.rtnl.rule;

import io.patchbay.kernel.netlink.Attributes;
import io.patchbay.kernel.netlink.Message;
import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.wire.Family;
import io.patchbay.kernel.rtnl.wire.Rtm;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Rule;
import java.util.Optional;
import java.util.function.Consumer;

/// Requests about routing rules, and the answers. Source: linux/fib_rules.h.
///
/// ```
///  0        1        2        3     4       5        7        8       12
///  +--------+--------+--------+-----+-------+--------+--------+-------+-----------
///  | u8     | u8     | u8     | u8  | u8    | unused | u8     | u32   | attributes
///  | family | length | length | tos | table |        | action | flags |
///  |        | of dst | of src |     |       |        |        |       |
///  +--------+--------+--------+-----+-------+--------+--------+-------+-----------   struct fib_rule_hdr
/// ```
public final class RuleMessages {
    private static final int HEADER = 12;
    private static final int FAMILY = 0;
    private static final int DST_LENGTH = 1;
    private static final int SRC_LENGTH = 2;
    private static final int TOS = 3;
    private static final int SHORT_TABLE = 4;
    private static final int ACTION = 7;
    private static final int FLAGS = 8;

    private static final int DST = 1;
    private static final int SRC = 2;
    private static final int IIFNAME = 3;
    private static final int PRIORITY = 6;
    private static final int FWMARK = 10;
    private static final int TABLE = 15;
    private static final int FWMASK = 16;

    private static final int TUN_ID = 12;
    private static final int SUPPRESS_IFGROUP = 13;
    private static final int SUPPRESS_PREFIXLEN = 14;
    private static final int OIFNAME = 17;
    private static final int L3MDEV = 19;
    private static final int UID_RANGE = 20;
    private static final int IP_PROTO = 22;
    private static final int SPORT_RANGE = 23;
    private static final int DPORT_RANGE = 24;
    private static final int DSCP = 25;

    private static final int NONE = -1;
    private static final int TO_TABLE = 1;
    private static final int INVERTED = 2;

    private RuleMessages() {}

    public static void add(MessageWriter to, Rule rule) {
        write(to.begin(Rtm.NEWRULE, Rtm.CREATE), rule);
    }

    public static void delete(MessageWriter to, Rule rule) {
        write(to.begin(Rtm.DELRULE, Rtm.ONE), rule);
    }

    private static void write(MessageWriter to, Rule rule) {
        to.putU8(Family.of(rule.ipv6()).value())
                .putU8(rule.to().map(Cidr::prefix).orElse(0))
                .putU8(rule.from().map(Cidr::prefix).orElse(0))
                .putU8(0)
                .putU8(isShort(rule.table()) ? rule.table() : 0)
                .putU16(0)
                .putU8(TO_TABLE)
                .putU32(0)
                .u32(PRIORITY, rule.priority());
        prefix(to, SRC, rule.from());
        prefix(to, DST, rule.to());
        rule.incoming().ifPresent(name -> to.string(IIFNAME, name));
        if (rule.mask() != 0) {
            to.u32(FWMARK, rule.mark()).u32(FWMASK, rule.mask());
        }
        if (!isShort(rule.table())) {
            to.u32(TABLE, rule.table());
        }
    }

    /// A prefix of length 0 matches all, and is left out.
    private static void prefix(MessageWriter to, int type, Optional<Cidr> prefix) {
        prefix.filter(cidr -> cidr.prefix() > 0)
                .ifPresent(cidr -> to.bytes(type, cidr.address().getAddress()));
    }

    private static boolean isShort(int table) {
        return Integer.compareUnsigned(table, 256) < 0;
    }

    public static void getAll(MessageWriter to, Family family) {
        to.begin(Rtm.GETRULE, Rtm.ALL).putU8(family.value()).putU8(0).putU16(0).putU32(0).putU32(0);
    }

    /// Rules that do something else than look a table up, or that match by something else than a
    /// {@link Rule} can tell, are passed over: nobody may take one for another.
    public static void read(Message message, Consumer<Rule> to) {
        if (message.type() == Rtm.NEWRULE) {
            Attributes attributes = message.attributes(HEADER);
            if (octet(message, ACTION) == TO_TABLE
                    && octet(message, TOS) == 0
                    && (message.payload().getInt(FLAGS) & INVERTED) == 0
                    && !hasMore(message.attributes(HEADER))) {
                to.accept(rule(message, attributes));
            }
        }
    }

    /// The table that a rule of whatever kind looks up.
    public static void readTable(Message message, Consumer<Integer> to) {
        if (message.type() == Rtm.NEWRULE) {
            int table = rule(message, message.attributes(HEADER)).table();
            if (table != 0) {
                to.accept(table);
            }
        }
    }

    /// The kernel leaves out what a rule does not match by, but for one of them, which it says is
    /// none.
    private static boolean hasMore(Attributes attribute) {
        while (attribute.next()) {
            if (switch (attribute.type()) {
                case TUN_ID, SUPPRESS_IFGROUP, OIFNAME, L3MDEV, UID_RANGE -> true;
                case IP_PROTO, SPORT_RANGE, DPORT_RANGE, DSCP -> true;
                case SUPPRESS_PREFIXLEN -> attribute.u32() != NONE;
                default -> false;
            }) {
                return true;
            }
        }
        return false;
    }

    private static int octet(Message message, int at) {
        return Byte.toUnsignedInt(message.payload().get(at));
    }

    private static Rule rule(Message message, Attributes attribute) {
        Optional<Cidr> from = Optional.empty();
        Optional<Cidr> dst = Optional.empty();
        Optional<String> incoming = Optional.empty();
        int priority = 0;
        int mark = 0;
        int mask = 0;
        int table = octet(message, SHORT_TABLE);
        while (attribute.next()) {
            switch (attribute.type()) {
                case SRC -> from = cidr(attribute, octet(message, SRC_LENGTH));
                case DST -> dst = cidr(attribute, octet(message, DST_LENGTH));
                case IIFNAME -> incoming = Optional.of(attribute.string());
                case PRIORITY -> priority = attribute.u32();
                case FWMARK -> mark = attribute.u32();
                case FWMASK -> mask = attribute.u32();
                case TABLE -> table = attribute.u32();
                default -> {}
            }
        }
        boolean ipv6 = octet(message, FAMILY) == Family.INET6.value();
        return new Rule(ipv6, priority, from, dst, incoming, mark, mask, table);
    }

    private static Optional<Cidr> cidr(Attributes attribute, int prefix) {
        return Optional.of(Family.prefix(Family.address(attribute.bytes()), prefix));
    }
}
