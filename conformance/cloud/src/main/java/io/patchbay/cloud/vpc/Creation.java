package io.patchbay.cloud.vpc;

import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An interface that is to be made.
///
/// @param primary empty where EC2 chooses
/// @param groups empty for the VPC's default group
public record Creation(
        String subnet,
        Kind kind,
        String description,
        Optional<InetAddress> primary,
        Order order,
        List<String> groups,
        ConnectionTracking tracking,
        Map<String, String> tags) {
    public Creation {
        groups = List.copyOf(groups);
        tags = Map.copyOf(tags);
    }

    public static Creation in(String subnet, Order order) {
        return new Creation(
                subnet,
                Kind.INTERFACE,
                "",
                Optional.empty(),
                order,
                List.of(),
                ConnectionTracking.OF_EC2,
                Map.of());
    }

    public Creation as(Kind other) {
        return new Creation(subnet, other, description, primary, order, groups, tracking, tags);
    }

    public Creation inGroups(String... others) {
        return new Creation(
                subnet, kind, description, primary, order, List.of(others), tracking, tags);
    }

    public Creation tagged(Map<String, String> others) {
        return new Creation(subnet, kind, description, primary, order, groups, tracking, others);
    }
}
