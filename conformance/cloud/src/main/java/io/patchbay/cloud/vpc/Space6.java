package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/// What of a subnet's IPv6 is taken: of a /64 the rest is never exhausted.
final class Space6 {
    static final int PREFIX = 80;

    private static final int HOST = 128;
    private static final int BITS_IN_A_PREFIX = HOST - PREFIX;
    private static final long RESERVED = 4;
    private static final long PREFIXES = 1 << 15;

    private final Cidr cidr;
    private final List<Cidr> taken = new ArrayList<>();

    private Space6(Cidr cidr) {
        this.cidr = cidr;
    }

    static Space6 of(Vpc vpc, Subnet subnet) {
        Cidr cidr =
                subnet.ipv6()
                        .orElseThrow(() ->
                                Ec2Refusal.parameter(
                                        "The subnet '%s' does not have an associated IPv6 CIDR block"
                                                .formatted(subnet.id())));
        Space6 space = new Space6(cidr);
        vpc.interfaces().values().stream()
                .filter(eni -> eni.subnet().equals(subnet.id()))
                .flatMap(NetworkInterface::assigned)
                .filter(Cidr::isIpv6)
                .forEach(space.taken::add);
        return space;
    }

    boolean isFree(Cidr block) {
        return taken.stream()
                .noneMatch(other ->
                        other.contains(block.address()) || block.contains(other.address()));
    }

    boolean contains(Cidr block) {
        return block.prefix() >= cidr.prefix() && cidr.contains(block.address());
    }

    void take(Cidr block) {
        taken.add(block);
    }

    /// Of the lower half, whose offsets are numbers of Java.
    Cidr takeAddress(Choice choice) {
        return take(choice, RESERVED, 1L << BITS_IN_A_PREFIX, 0, HOST);
    }

    /// The first one has what is reserved.
    Cidr takePrefix(Choice choice) {
        return take(choice, 1, PREFIXES, BITS_IN_A_PREFIX, PREFIX);
    }

    private Cidr take(Choice choice, long from, long to, int shift, int prefix) {
        long tried = from - 1;
        while (true) {
            tried = choice.between(from, to, tried);
            Cidr block = new Cidr(cidr.at(tried << shift), prefix);
            if (isFree(block)) {
                taken.add(block);
                return block;
            }
        }
    }
}
