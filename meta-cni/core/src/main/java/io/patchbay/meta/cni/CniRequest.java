package io.patchbay.meta.cni;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A decoded call of the runtime.
///
/// @param containerId empty for STATUS, VERSION and GC, as is `ifName`
/// @param netns CNI_NETNS; may be absent on DEL
/// @param args the pairs of CNI_ARGS
/// @param path the directories of CNI_PATH, in their order
/// @param config our own plugin configuration as the runtime gave it
public record CniRequest(
        CniCommand command,
        String containerId,
        Optional<String> netns,
        String ifName,
        Map<String, String> args,
        List<String> path,
        CniVersion version,
        PluginConfig config) {
    public CniRequest {
        args = Map.copyOf(args);
        path = List.copyOf(path);
    }
}
