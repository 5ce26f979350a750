package io.patchbay.meta.kube;

import java.util.List;

/// What one file holds for us, and what is wrong with it.
///
/// @param ignored kinds that mean nothing here, such as `apps/v1 Deployment`
public record Manifest(
        List<Pod> pods,
        List<NetworkAttachmentDefinition> networks,
        List<Namespace> namespaces,
        List<Problem> problems,
        List<String> ignored) {
    public Manifest {
        pods = List.copyOf(pods);
        networks = List.copyOf(networks);
        namespaces = List.copyOf(namespaces);
        problems = List.copyOf(problems);
        ignored = List.copyOf(ignored);
    }
}
