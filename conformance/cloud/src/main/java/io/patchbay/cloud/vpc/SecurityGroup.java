package io.patchbay.cloud.vpc;

import java.util.List;

/// A stateful filter of the interfaces that name it. An interface lets through what one of its
/// groups permits.
public record SecurityGroup(
        String id, String name, List<Permission> ingress, List<Permission> egress) {
    public SecurityGroup {
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }
}
