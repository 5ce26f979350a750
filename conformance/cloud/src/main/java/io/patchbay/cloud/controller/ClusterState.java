package io.patchbay.cloud.controller;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cluster at one moment, as far as it matters here.
///
/// @param pods by key, such as `core/amf`
/// @param serviceAccounts their labels, by key
/// @param nodes by name, as are the others below
public record ClusterState(
        Map<String, Pod> pods,
        Map<String, SecurityGroupPolicy> policies,
        Map<String, Map<String, String>> serviceAccounts,
        Map<String, Node> nodes,
        Map<String, CniNode> cniNodes,
        Map<String, EniConfig> eniConfigs) {
    public static final ClusterState EMPTY =
            new ClusterState(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public ClusterState {
        pods = Map.copyOf(pods);
        policies = Map.copyOf(policies);
        serviceAccounts = Map.copyOf(serviceAccounts);
        nodes = Map.copyOf(nodes);
        cniNodes = Map.copyOf(cniNodes);
        eniConfigs = Map.copyOf(eniConfigs);
    }

    List<String> groups(Pod pod) {
        return Selection.groups(
                pod, serviceAccounts.getOrDefault(pod.account(), Map.of()), policies.values());
    }

    Optional<CniNode> cniNode(String node) {
        return Optional.ofNullable(cniNodes.get(node));
    }
}
