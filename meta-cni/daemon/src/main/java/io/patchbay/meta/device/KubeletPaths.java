package io.patchbay.meta.device;

import java.nio.file.Path;

/// Where the kubelet tells which devices pods have, and takes device plugins.
///
/// @param podResources the socket of its PodResources service
/// @param checkpoint its own notes, for when the socket is away
/// @param devicePlugins the directory of its own socket for them, and of theirs
public record KubeletPaths(Path podResources, Path checkpoint, Path devicePlugins) {
    public static final KubeletPaths DEFAULT =
            new KubeletPaths(
                    Path.of("/var/lib/kubelet/pod-resources/kubelet.sock"),
                    Path.of("/var/lib/kubelet/device-plugins/kubelet_internal_checkpoint"),
                    Path.of("/var/lib/kubelet/device-plugins"));
}
