package io.patchbay.vpc.eni;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Security groups that are not the primary interface's any more. Source: amazon-vpc-cni-k8s,
/// `pkg/awsutils/awsutils.go`, "refreshSGIDs".
public final class GroupDrift {
    private GroupDrift() {}

    /// The managed secondary interfaces whose groups are others; none where the primary's are not
    /// known.
    public static List<NetworkInterface> of(
            List<String> primary, Collection<NetworkInterface> attached, Role.Rules rules) {
        if (primary.isEmpty()) {
            return List.of();
        }
        return attached.stream()
                .filter(eni -> isFollowing(Role.of(eni, rules)))
                .filter(eni -> !Set.copyOf(eni.groups()).equals(Set.copyOf(primary)))
                .toList();
    }

    private static boolean isFollowing(Role role) {
        return switch (role) {
            case OURS, ADOPTED, EXCLUDED -> true;
            case PRIMARY, TRUNK, EFA, UNMANAGED -> false;
        };
    }

    /// Gives the interfaces the primary's groups; the first failure ends it.
    public static void repair(Ec2 ec2, List<String> primary, List<NetworkInterface> drifted) {
        drifted.forEach(eni -> ec2.replaceGroups(eni.id(), primary));
    }
}
