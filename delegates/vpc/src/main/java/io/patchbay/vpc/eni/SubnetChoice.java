package io.patchbay.vpc.eni;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which subnets new interfaces go to. Source: amazon-vpc-cni-k8s, README
/// "ENABLE_SUBNET_DISCOVERY".
///
/// @param primary the subnet of the node's own interface
/// @param cluster the cluster's name
/// @param discovery whether other subnets count than the primary one
public record SubnetChoice(String primary, Optional<String> cluster, boolean discovery) {
    private static final String ROLE = "kubernetes.io/role/cni";
    private static final String OF_CLUSTER = "cni.networking.k8s.aws/cluster/";

    /// The subnets to try, the roomiest first.
    ///
    /// @param described those of the node's zone; empty where EC2 does not tell them, which leaves
    ///   the primary one
    public List<String> candidates(Optional<List<Subnet>> described) {
        if (!discovery || described.isEmpty()) {
            return List.of(primary);
        }
        return described.get().stream()
                .filter(this::isEligible)
                .sorted(
                        Comparator.comparingInt(Subnet::free)
                                .reversed()
                                // Where there is a choice, the node's own.
                                .thenComparing(subnet -> !subnet.id().equals(primary))
                                .thenComparing(Subnet::id))
                .map(Subnet::id)
                .toList();
    }

    /// The subnets whose interfaces get no new pods: tagged so, or, beside the primary one, tagged
    /// for other clusters alone. Nothing is excluded where EC2 does not tell: an interface that
    /// works must not be given up for a permission (amazon-vpc-cni-k8s#3843).
    public Set<String> excluded(Optional<List<Subnet>> described) {
        if (!discovery) {
            return Set.of();
        }
        return described.orElse(List.of()).stream()
                .filter(subnet -> isRefused(subnet) || !isOfCluster(subnet))
                .map(Subnet::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isEligible(Subnet subnet) {
        if (isRefused(subnet)) {
            return false;
        }
        return subnet.id().equals(primary)
                || (subnet.tags().containsKey(ROLE) && isOfCluster(subnet));
    }

    private static boolean isRefused(Subnet subnet) {
        return "0".equals(subnet.tags().get(ROLE));
    }

    private boolean isOfCluster(Subnet subnet) {
        boolean named = subnet.tags().keySet().stream().anyMatch(key -> key.startsWith(OF_CLUSTER));
        return subnet.id().equals(primary)
                || !named
                || cluster.isEmpty()
                || subnet.tags().containsKey(OF_CLUSTER + cluster.get());
    }
}
