package io.patchbay.meta.device;

import java.nio.file.Path;

/// Where the kubelet tells which devices pods have.
///
/// @param podResources the socket of its PodResources service
/// @param checkpoint its own notes, for when the socket is away
public record KubeletPaths(Path podResources, Path checkpoint) {
    public static final KubeletPaths DEFAULT =
            new KubeletPaths(
                    Path.of("/var/lib/kubelet/pod-resources/kubelet.sock"),
                    Path.of("/var/lib/kubelet/device-plugins/kubelet_internal_checkpoint"));
}
