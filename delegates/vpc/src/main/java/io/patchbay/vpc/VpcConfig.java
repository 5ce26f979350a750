package io.patchbay.vpc;

import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A network of type `vpc`.
///
/// @param mtu of both ends of the pod's link; 0 is POD_MTU, or that of the interface behind it
/// @param vethPrefix of the name of the host's end; else AWS_VPC_K8S_CNI_VETHPREFIX, or `eni`
/// @param subnet the id of the subnet that the addresses are of, one of the node's zone; else one
///   that suits the node
/// @param securityGroups the ids of the security groups that its traffic passes; none are those of
///   the node
/// @param families of the addresses, `ipv4` and `ipv6`, in the order in which they are told; none
///   are those of the settings
/// @param count how many addresses of each family the pod gets; else 1
record VpcConfig(
        int mtu,
        Optional<String> vethPrefix,
        Optional<String> subnet,
        List<String> securityGroups,
        List<String> families,
        Optional<Integer> count) {
    static final String DEFAULT_PREFIX = "eni";
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;
    // What an interface takes (EC2 quota "Security groups per network interface").
    private static final int MOST_GROUPS = 16;
    // More than any instance type has slots for single addresses on an interface.
    private static final int MOST_ADDRESSES = 50;

    // A link's name has 15 characters at most, and the digest takes 11.
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,3}");

    VpcConfig {
        requireMtu(mtu);
        vethPrefix.ifPresent(prefix -> requirePrefix("\"vethPrefix\"", prefix));
        subnet.ifPresent(id -> requireId("\"subnet\"", "subnet-", id));
        securityGroups = List.copyOf(securityGroups);
        requireGroups(securityGroups);
        families = List.copyOf(families);
        families("\"families\"", families);
        requireCount(count);
    }

    static void requireCount(Optional<Integer> count) {
        count.filter(number -> number < 1 || number > MOST_ADDRESSES)
                .ifPresent(number -> {
                    throw new IllegalArgumentException(
                            "\"count\" is %d: it is 1 to %d".formatted(number, MOST_ADDRESSES));
                });
    }

    static void requireMtu(int mtu) {
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: a veth takes %d to %d, or 0 for that of the interface"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
    }

    static void requirePrefix(String key, String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "%s is \"%s\": it has 1 to 4 letters and digits, a letter first"
                            .formatted(key, prefix));
        }
    }

    static void requireGroups(List<String> ids) {
        ids.forEach(id -> requireId("\"securityGroups\"", "sg-", id));
        if (ids.size() > MOST_GROUPS) {
            throw new IllegalArgumentException(
                    "\"securityGroups\" has %d entries: an interface takes %d at most"
                            .formatted(ids.size(), MOST_GROUPS));
        }
    }

    static void requireId(String key, String prefix, String id) {
        if (!id.matches(prefix + "[0-9a-z]+")) {
            throw new IllegalArgumentException(
                    "%s has \"%s\": it is an id such as %s0123456789abcdef0"
                            .formatted(key, id, prefix));
        }
    }

    /// Reads names of families; an IllegalArgumentException names key and value.
    static List<Family> families(String key, List<String> names) {
        List<Family> families = names.stream().map(name -> family(key, name)).toList();
        if (families.stream().distinct().count() != families.size()) {
            throw new IllegalArgumentException(
                    "%s is %s: each family is there once".formatted(key, names));
        }
        return families;
    }

    private static Family family(String key, String name) {
        return switch (name) {
            case "ipv4" -> Family.IPV4;
            case "ipv6" -> Family.IPV6;
            default ->
                    throw new IllegalArgumentException(
                            "%s has \"%s\": it is \"ipv4\" or \"ipv6\"".formatted(key, name));
        };
    }

    /// The families that are asked for.
    List<Family> families(LinkPolicy links) {
        return links.families(families);
    }

    /// Of which interfaces, where that is said.
    Optional<EniConfig> place() {
        return Optional.of(new EniConfig(subnet, securityGroups))
                .filter(config -> !config.isNode());
    }

    /// Of the pod's link, where that is said; else 0.
    int mtu(LinkPolicy links) {
        return mtu != 0 ? mtu : links.mtu();
    }

    String prefix(LinkPolicy links) {
        return vethPrefix.orElse(links.prefix());
    }
}
