package io.patchbay.vpc.eni;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Where interfaces are made, and what their security groups let through. The words are those of
/// the custom resource ENIConfig (amazon-vpc-cni-k8s, `crd.k8s.amazonaws.com/v1alpha1`).
///
/// @param subnet its id; empty is one that suits the node's own interface
/// @param groups the ids of the security groups, sorted; none are those of the primary interface
public record EniConfig(Optional<String> subnet, List<String> groups) {
    /// As the node's own interface.
    public static final EniConfig NODE = new EniConfig(Optional.empty(), List.of());

    public EniConfig {
        groups = List.copyOf(new TreeSet<>(groups));
    }

    public boolean isNode() {
        return equals(NODE);
    }

    /// All of it as the value of a tag, such as `subnet-1/sg-1+sg-2`; empty of {@link #NODE}. Its
    /// characters are those that every tag may have.
    public String key() {
        return isNode() ? "" : subnet.orElse("") + "/" + String.join("+", groups);
    }

    /// The inverse of {@link #key}. Other words are a configuration of their own, which nobody asks
    /// for: what an interface with such a tag is for is not known, so no pod gets it.
    public static EniConfig parse(String key) {
        if (key.isEmpty()) {
            return NODE;
        }
        int slash = key.indexOf('/');
        if (slash < 0) {
            return new EniConfig(Optional.of(key), List.of());
        }
        return new EniConfig(
                Optional.of(key.substring(0, slash)).filter(subnet -> !subnet.isEmpty()),
                List.of(key.substring(slash + 1).split("\\+")).stream()
                        .filter(group -> !group.isEmpty())
                        .toList());
    }

    /// That of an interface as EC2 describes it: interfaces of others are as the node's own.
    public static EniConfig of(NetworkInterface eni) {
        return of(eni.tags());
    }

    /// That of an interface that is being made.
    public static EniConfig of(Creation creation) {
        return of(creation.tags());
    }

    private static EniConfig of(Map<String, String> tags) {
        return parse(tags.getOrDefault(Identity.CONFIG, ""));
    }

    @Override
    public String toString() {
        return isNode()
                ? "the node's own subnet and security groups"
                : subnet.map(id -> "subnet " + id).orElse("a subnet of the node's")
                        + (groups.isEmpty() ? "" : " with " + String.join(", ", groups));
    }
}
