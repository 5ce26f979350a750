package io.patchbay.userspace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// The section `vhost-user` or `memif` of patchbay.yaml.
///
/// @param directory where the wires of this type are
/// @param kubelet the kubelet's directory, where the volumes of pods are
record WireSettings(Optional<String> directory, Optional<String> kubelet) {
    WireSettings {
        require("directory", directory);
        require("kubelet", kubelet);
    }

    private static void require(String key, Optional<String> path) {
        path.filter(Predicate.not(Wiring::isPlain))
                .ifPresent(text -> {
                    throw new IllegalArgumentException(
                            "\"%s\" is \"%s\": write an absolute path without . or .. or a slash at its end"
                                    .formatted(key, text));
                });
    }

    Path directory(String type) {
        return Path.of(directory.orElse("/run/patchbay/" + type));
    }

    /// Where the directories of a pod's volumes are that the kubelet makes for it.
    Path volumes(String pod) {
        return Path.of(kubelet.orElse("/var/lib/kubelet"))
                .resolve("pods")
                .resolve(pod)
                .resolve("volumes")
                .resolve("kubernetes.io~empty-dir");
    }
}
