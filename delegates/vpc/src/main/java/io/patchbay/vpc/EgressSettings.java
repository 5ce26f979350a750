package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.env.Environment;
import io.patchbay.vpc.plumbing.EgressPolicy;
import io.patchbay.vpc.plumbing.EgressPolicy.Snat;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The section `egress` of the section `vpc`: how what pods send leaves the node. What is absent is
/// as the environment of the VPC CNI has it.
///
/// @param snat `prng`, `hashrandom` or `none` (AWS_VPC_K8S_CNI_RANDOMIZESNAT), or `external`
///   (AWS_VPC_K8S_CNI_EXTERNALSNAT)
/// @param nodePorts whether answers of NodePort connections leave by the primary interface
///   (AWS_VPC_CNI_NODE_PORT_SUPPORT)
/// @param mark the bit of packets that means both (AWS_VPC_K8S_CNI_CONNMARK)
/// @param excluded blocks outside the VPC that see a pod's own address
///   (AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS)
/// @param external blocks that are reached by the main table from any pod
///   (AWS_EXTERNAL_SERVICE_CIDRS)
/// @param v4 whether pods of an IPv6 node reach IPv4 from the node's address (ENABLE_V4_EGRESS)
/// @param v6 whether pods of an IPv4 node reach IPv6 from the node's address (ENABLE_V6_EGRESS)
record EgressSettings(
        Optional<String> snat,
        Optional<Boolean> nodePorts,
        Optional<Integer> mark,
        List<String> excluded,
        List<String> external,
        Optional<Boolean> v4,
        Optional<Boolean> v6) {
    static final EgressSettings NONE =
            new EgressSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    EgressSettings {
        snat.ifPresent(word -> snat("\"snat\"", word));
        excluded.forEach(text -> block("\"excluded\"", text));
        external.forEach(text -> block("\"external\"", text));
        excluded = List.copyOf(excluded);
        external = List.copyOf(external);
    }

    EgressPolicy policy(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return new EgressPolicy(
                snat.map(word -> snat("\"snat\"", word)).orElseGet(() -> snat(environment)),
                nodePorts.or(() -> environment.flag("AWS_VPC_CNI_NODE_PORT_SUPPORT")).orElse(true),
                mark.or(() -> environment.bits("AWS_VPC_K8S_CNI_CONNMARK"))
                        .orElse(EgressPolicy.MARK),
                blocks(excluded, "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", environment),
                blocks(external, "AWS_EXTERNAL_SERVICE_CIDRS", environment),
                second(environment));
    }

    private Set<Family> second(Environment environment) {
        return second(
                v4.or(() -> environment.flag("ENABLE_V4_EGRESS")).orElse(true),
                v6.or(() -> environment.flag("ENABLE_V6_EGRESS")).orElse(false));
    }

    /// The families of which patchbay.yaml itself says that pods reach them so.
    Set<Family> second() {
        return second(v4.orElse(false), v6.orElse(false));
    }

    private static Set<Family> second(boolean ofIpv4, boolean ofIpv6) {
        Set<Family> second = EnumSet.noneOf(Family.class);
        if (ofIpv4) {
            second.add(Family.IPV4);
        }
        if (ofIpv6) {
            second.add(Family.IPV6);
        }
        return second;
    }

    private static Snat snat(Environment environment) {
        return environment.flag("AWS_VPC_K8S_CNI_EXTERNALSNAT").orElse(false)
                ? Snat.EXTERNAL
                : environment
                        .word("AWS_VPC_K8S_CNI_RANDOMIZESNAT")
                        .map(word -> snat("AWS_VPC_K8S_CNI_RANDOMIZESNAT", word))
                        .orElse(Snat.FULLY_RANDOM);
    }

    private static Snat snat(String key, String word) {
        return switch (word) {
            case "prng" -> Snat.FULLY_RANDOM;
            case "hashrandom" -> Snat.RANDOM;
            case "none" -> Snat.PLAIN;
            case "external" -> Snat.EXTERNAL;
            default ->
                    throw new IllegalArgumentException(
                            "%s is \"%s\": it is prng, hashrandom, none or external"
                                    .formatted(key, word));
        };
    }

    private static List<Cidr> blocks(List<String> own, String key, Environment environment) {
        return own.isEmpty()
                ? environment.words(key).stream().map(text -> block(key, text)).toList()
                : own.stream().map(Cidr::parse).toList();
    }

    private static Cidr block(String key, String text) {
        try {
            Cidr block = Cidr.parse(text);
            if (!block.isIpv6()) {
                return block;
            }
        } catch (IllegalArgumentException e) {
            throw refused(key, text);
        }
        throw refused(key, text);
    }

    private static IllegalArgumentException refused(String key, String text) {
        return new IllegalArgumentException(
                "%s has \"%s\": each is a block of IPv4, such as 10.1.0.0/16".formatted(key, text));
    }
}
