package io.patchbay.cloud.controller;

import java.util.Map;
import java.util.Optional;

/// A pod, as far as it matters here.
///
/// @param node empty until it is scheduled
/// @param asks whether a container requests `vpc.amazonaws.com/pod-eni`
/// @param finished whether it has succeeded or failed, and needs no network any more
/// @param branch the annotation `vpc.amazonaws.com/pod-eni`
public record Pod(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        String serviceAccount,
        Optional<String> node,
        boolean asks,
        boolean finished,
        Optional<String> branch) {
    public Pod {
        labels = Map.copyOf(labels);
    }

    /// Such as `core/amf`.
    public String key() {
        return namespace + "/" + name;
    }

    /// The key of its service account.
    String account() {
        return namespace + "/" + serviceAccount;
    }

    Pod withBranch(String annotation) {
        return new Pod(
                namespace,
                name,
                uid,
                labels,
                serviceAccount,
                node,
                asks,
                finished,
                Optional.of(annotation));
    }
}
