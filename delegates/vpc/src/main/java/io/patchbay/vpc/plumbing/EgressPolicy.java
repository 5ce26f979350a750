package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How what pods send leaves the node.
///
/// @param snat what becomes of the source address of what leaves the VPC
/// @param nodePorts whether the answers of connections that came in by the primary interface for
///   the node itself, and went on to a pod, leave by it
/// @param mark the bit of packets and connections that has these meanings; never 0
/// @param excluded blocks outside the VPC whose hosts see a pod's own address
/// @param external blocks that the main table leads to, from whatever interface's pod
/// @param second the families of which pods may have an address of the node's own where those of
///   the VPC are of the other one
public record EgressPolicy(
        Snat snat,
        boolean nodePorts,
        int mark,
        List<Cidr> excluded,
        List<Cidr> external,
        Set<Family> second) {
    /// The bit that Amazon's plugin takes.
    public static final int MARK = 0x80;

    /// As Amazon's plugin without settings.
    public static final EgressPolicy AMAZON =
            new EgressPolicy(
                    Snat.FULLY_RANDOM, true, MARK, List.of(), List.of(), Set.of(Family.IPV4));

    /// Everything leaves by its own interface and from its own address.
    public static final EgressPolicy NONE =
            new EgressPolicy(Snat.EXTERNAL, false, MARK, List.of(), List.of(), Set.of());

    private static final Cidr SECOND_IPV4 = Cidr.parse("169.254.172.0/22");
    private static final Cidr SECOND_IPV6 = Cidr.parse("fd00::ac:0/118");

    /// The addresses that are the node's own: every node has the same, for egress alone. They are
    /// those of Amazon's plugin (egress-cni).
    public static Cidr ofNode(Family family) {
        return switch (family) {
            case IPV4 -> SECOND_IPV4;
            case IPV6 -> SECOND_IPV6;
        };
    }

    /// Which port a translated connection gets. In words of AWS_VPC_K8S_CNI_RANDOMIZESNAT they are
    /// `prng`, `hashrandom` and `none`.
    public enum Snat {
        /// Any.
        FULLY_RANDOM(" fully-random"),
        /// One that depends on both ends and on a secret.
        RANDOM(" random"),
        /// Its own, where that is free.
        PLAIN(""),
        /// Nothing is translated: a NAT gateway outside the node does it
        /// (AWS_VPC_K8S_CNI_EXTERNALSNAT).
        EXTERNAL("");

        private final String words;

        Snat(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public EgressPolicy {
        if (mark == 0) {
            throw new IllegalArgumentException(
                    "the connection mark is 0: it is one bit or more, such as 0x80");
        }
        excluded = ofIpv4("excluded from address translation", excluded);
        external = ofIpv4("an external service's", external);
        second = Set.copyOf(second);
    }

    private static List<Cidr> ofIpv4(String what, List<Cidr> blocks) {
        for (Cidr block : blocks) {
            if (block.isIpv6()) {
                throw new IllegalArgumentException(
                        "%s is to be %s: only blocks of IPv4 can be".formatted(block, what));
            }
        }
        return blocks.stream().map(Cidr::network).toList();
    }

    /// The same, where pods have addresses of the VPC of some families in any case.
    public EgressPolicy beside(Collection<Family> families) {
        return new EgressPolicy(
                snat,
                nodePorts,
                mark,
                excluded,
                external,
                second.stream()
                        .filter(family -> !families.contains(family))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean translates() {
        return snat != Snat.EXTERNAL;
    }

    /// Whether packets of a family are marked at all. Nobody translates a pod's own address of
    /// IPv6.
    boolean marks(Family family) {
        return nodePorts || (translates() && family == Family.IPV4);
    }
}
