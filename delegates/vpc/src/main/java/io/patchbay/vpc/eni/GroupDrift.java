package io.patchbay.vpc.eni;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Security groups of interfaces that are not what they should be any more: those that an interface
/// was made with, or else the primary interface's. Source: amazon-vpc-cni-k8s,
/// `pkg/awsutils/awsutils.go`, "refreshSGIDs".
///
/// @param groups the right ones, by the ids of the interfaces
public record GroupDrift(Map<String, List<String>> groups) {
    public GroupDrift {
        groups = Map.copyOf(groups);
    }

    /// The managed secondary interfaces whose groups are others; none that should have the
    /// primary's where those are not known.
    public static GroupDrift of(
            List<String> primary, Collection<NetworkInterface> attached, Role.Rules rules) {
        Map<String, List<String>> groups = new TreeMap<>();
        attached.stream()
                .filter(eni -> isFollowing(Role.of(eni, rules)))
                .forEach(eni -> {
                    List<String> own = EniConfig.of(eni).groups();
                    List<String> right = own.isEmpty() ? primary : own;
                    if (!right.isEmpty() && !Set.copyOf(eni.groups()).equals(Set.copyOf(right))) {
                        groups.put(eni.id(), right);
                    }
                });
        return new GroupDrift(groups);
    }

    private static boolean isFollowing(Role role) {
        return switch (role) {
            case OURS, ADOPTED, EXCLUDED -> true;
            case PRIMARY, TRUNK, EFA, UNMANAGED -> false;
        };
    }

    /// Gives them; the first failure ends it.
    public void repair(Ec2 ec2) {
        new TreeMap<>(groups).forEach(ec2::replaceGroups);
    }
}
