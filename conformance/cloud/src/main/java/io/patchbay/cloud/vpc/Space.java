package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// What of a subnet's IPv4 is free. Source: VPC user guide, "Subnet CIDR blocks" and "Subnet CIDR
/// reservations"; prefixes are aligned.
final class Space {
    static final int PREFIX = 28;

    private static final int HOST = 32;
    private static final int IN_A_PREFIX = 1 << (HOST - PREFIX);
    private static final int RESERVED = 4;

    private final Cidr cidr;
    private final int size;
    private final BitSet taken = new BitSet();
    private final BitSet forPrefixes = new BitSet();
    private final BitSet forNamed = new BitSet();

    private Space(Subnet subnet) {
        this.cidr = subnet.cidr();
        this.size = 1 << (HOST - cidr.prefix());
        taken.set(0, RESERVED);
        taken.set(size - 1);
        subnet.reserved(Reservation.Type.PREFIX).forEach(block -> mark(forPrefixes, block));
        subnet.reserved(Reservation.Type.EXPLICIT).forEach(block -> mark(forNamed, block));
    }

    static Space of(Vpc vpc, Subnet subnet) {
        Space space = new Space(subnet);
        vpc.interfaces().values().stream()
                .filter(eni -> eni.subnet().equals(subnet.id()))
                .flatMap(NetworkInterface::assigned)
                .forEach(space::take);
        return space;
    }

    /// How many addresses nobody has.
    int free() {
        return size - taken.cardinality();
    }

    boolean isFree(Cidr block) {
        return taken.get(offset(block), offset(block) + length(block)).isEmpty();
    }

    boolean contains(Cidr block) {
        return block.prefix() >= cidr.prefix() && cidr.contains(block.address());
    }

    /// Whether a single address would come from where only prefixes are taken.
    boolean isForPrefixes(Cidr block) {
        return block.prefix() == HOST && forPrefixes.get(offset(block));
    }

    void take(Cidr block) {
        if (!block.isIpv6()) {
            mark(taken, block);
        }
    }

    Optional<Cidr> takeAddress(Choice choice) {
        BitSet free = new BitSet();
        free.set(0, size);
        List.of(taken, forPrefixes, forNamed).forEach(free::andNot);
        return take(free, 1, HOST, choice);
    }

    /// From a reservation while it has one.
    Optional<Cidr> takePrefix(Choice choice) {
        BitSet reserved = new BitSet();
        BitSet open = new BitSet();
        for (int block = 0; block < size / IN_A_PREFIX; block++) {
            int from = block * IN_A_PREFIX;
            int to = from + IN_A_PREFIX;
            if (taken.get(from, to).isEmpty() && forNamed.get(from, to).isEmpty()) {
                (forPrefixes.get(from, to).cardinality() == IN_A_PREFIX ? reserved : open)
                        .set(block);
            }
        }
        return take(reserved.isEmpty() ? open : reserved, IN_A_PREFIX, PREFIX, choice);
    }

    private Optional<Cidr> take(BitSet free, int length, int prefix, Choice choice) {
        if (free.isEmpty()) {
            return Optional.empty();
        }
        Cidr block = new Cidr(cidr.at((long) choice.oneOf(free) * length), prefix);
        take(block);
        return Optional.of(block);
    }

    private void mark(BitSet set, Cidr block) {
        set.set(offset(block), offset(block) + length(block));
    }

    private int offset(Cidr block) {
        return number(block.address()) - number(cidr.network().address());
    }

    private static int length(Cidr block) {
        return 1 << (HOST - block.prefix());
    }

    private static int number(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }
}
