package io.patchbay.cloud.controller;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Which security groups policies give a pod.
public final class Selection {
    private static final Comparator<SecurityGroupPolicy> BY_NAME =
            Comparator.comparing(SecurityGroupPolicy::name);

    private Selection() {}

    /// The groups of every policy that selects the pod, each once, by the policies' names. There is
    /// no limit here but EC2's. Empty where none does.
    ///
    /// @param serviceAccount the labels of the pod's service account
    public static List<String> groups(
            Pod pod, Map<String, String> serviceAccount, Collection<SecurityGroupPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.selects(pod, serviceAccount))
                .sorted(BY_NAME)
                .flatMap(policy -> policy.groups().stream())
                .distinct()
                .toList();
    }
}
