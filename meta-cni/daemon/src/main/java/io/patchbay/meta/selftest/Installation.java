package io.patchbay.meta.selftest;

import java.nio.file.Path;
import java.util.List;

/// Where things are on this node, as the configuration says.
///
/// @param version of this command
/// @param pluginPath where the runtime looks for plugin binaries
/// @param pluginInstalled whether ours is there
/// @param cniConfig the file by which the runtime finds Patchbay
public record Installation(
        String version,
        List<Path> pluginPath,
        boolean pluginInstalled,
        Path cniConfig,
        Path state,
        Path socket) {
    public Installation {
        pluginPath = List.copyOf(pluginPath);
    }
}
