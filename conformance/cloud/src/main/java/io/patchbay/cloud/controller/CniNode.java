package io.patchbay.cloud.controller;

import java.util.Map;
import java.util.Optional;

/// What a node wants of the controller. Source: vpcresources.k8s.aws/v1alpha1.
///
/// @param name the node's
/// @param features their values by name; an empty text for those that have none
public record CniNode(String name, Map<String, String> features) {
    public static final String BRANCHES = "SecurityGroupsForPods";
    public static final String CUSTOM_NETWORKING = "CustomNetworking";

    public CniNode {
        features = Map.copyOf(features);
    }

    boolean wantsBranches() {
        return features.containsKey(BRANCHES);
    }

    /// The ENIConfig that names the subnet of its pods.
    Optional<String> eniConfig() {
        return Optional.ofNullable(features.get(CUSTOM_NETWORKING));
    }
}
