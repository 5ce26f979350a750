package io.patchbay.cloud.controller;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which pods of a namespace have which security groups. Source: vpcresources.k8s.aws/v1beta1.
///
/// @param pods by their own labels
/// @param serviceAccounts by the labels of their service account; with both, both must match
public record SecurityGroupPolicy(
        String namespace,
        String name,
        Optional<LabelSelector> pods,
        Optional<LabelSelector> serviceAccounts,
        List<String> groups) {
    /// Refuses, with a sentence, what Amazon's controller passes over.
    public SecurityGroupPolicy {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "SecurityGroupPolicy %s/%s has no \"securityGroups.groupIds\": name at least one"
                            .formatted(namespace, name));
        }
        if (pods.isEmpty() && serviceAccounts.isEmpty()) {
            throw new IllegalArgumentException(
                    "SecurityGroupPolicy %s/%s has neither a \"podSelector\" nor a \"serviceAccountSelector\": write {} to select every pod"
                            .formatted(namespace, name));
        }
    }

    boolean selects(Pod pod, Map<String, String> serviceAccount) {
        return pod.namespace().equals(namespace)
                && pods.map(selector -> selector.matches(pod.labels())).orElse(true)
                && serviceAccounts.map(selector -> selector.matches(serviceAccount)).orElse(true);
    }
}
