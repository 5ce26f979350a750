package io.patchbay.bench;

import io.patchbay.cluster.Manifests;
import io.patchbay.e2e.node.ClusterNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The networks and pods of one subject: nobody's addresses or bridges are another's.
///
/// @param name of its namespace and of its bridge
/// @param number from 0, at most 15
/// @param directory for its leases and what else it keeps
record Side(String name, int number, Path directory) {
    /// The configuration of one of a pod's networks.
    ///
    /// @param position of the interface in its pod, from 0
    String config(Kind kind, int position) {
        return """
        {"cniVersion": "1.0.0", "name": "%s-%s", "type": "%s", %s,
         "ipam": {"type": "host-local", "subnet": "10.%d.0.0/16", "dataDir": "%s"}}
        """
                .formatted(
                        name,
                        network(kind, position),
                        kind.type(),
                        kind.keys(name),
                        16 * number + Course.MOST * kind.number() + position,
                        directory.resolve("leases"));
    }

    private static String network(Kind kind, int position) {
        return kind.type() + "-" + position;
    }

    /// The networks of each kind, by position, and a pod of each course, as Kubernetes has them. A
    /// pod's annotation names all its networks but the first.
    ///
    /// @param primary what else the annotations of a pod say, about its first network
    List<String> objects(Function<Kind, Map<String, String>> primary) {
        List<String> objects = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            IntStream.range(0, Course.MOST)
                    .mapToObj(i -> Manifests.network(name, network(kind, i), config(kind, i)))
                    .forEach(objects::add);
        }
        for (Course course : Course.all()) {
            objects.add(pod(course, primary.apply(course.kind())));
        }
        return objects;
    }

    private String pod(Course course, Map<String, String> primary) {
        Map<String, String> annotations = new HashMap<>(primary);
        annotations.put(
                ClusterNode.NETWORKS,
                IntStream.range(1, course.interfaces())
                        .mapToObj(i -> network(course.kind(), i))
                        .collect(Collectors.joining(",")));
        return Manifests.pod(name, course.pod(), ClusterNode.NAME, annotations);
    }

    /// The annotation that names a pod's first network.
    Map<String, String> primary(Kind kind) {
        return Map.of("v1.multus-cni.io/default-network", name + "/" + network(kind, 0));
    }
}
