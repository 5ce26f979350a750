package io.patchbay.vpc.eni;

import java.util.List;

/// This node, as the cloud knows it.
///
/// @param vpc of the primary interface
/// @param groups the security groups of the primary interface
public record Instance(
        String id, String type, String region, String zone, String vpc, List<String> groups) {
    public Instance {
        groups = List.copyOf(groups);
    }
}
