package io.patchbay.meta.kube;

import java.util.List;

/// What one file holds for us, and what is wrong with it.
///
/// @param objects those of kinds that mean nothing here
/// @param ignored those kinds, such as `apps/v1 Deployment`
public record Manifest(
        List<Pod> pods,
        List<NetworkAttachmentDefinition> networks,
        List<Namespace> namespaces,
        List<Node> nodes,
        List<CustomObject> objects,
        List<Problem> problems,
        List<String> ignored) {
    public Manifest {
        pods = List.copyOf(pods);
        networks = List.copyOf(networks);
        namespaces = List.copyOf(namespaces);
        nodes = List.copyOf(nodes);
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        ignored = List.copyOf(ignored);
    }

    /// A file that cannot be read.
    static Manifest of(Problem problem) {
        return new Manifest(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(problem), List.of());
    }
}
