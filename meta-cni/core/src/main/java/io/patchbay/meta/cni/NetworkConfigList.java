package io.patchbay.meta.cni;

import java.util.List;

/// A network: its name, its version, and its chain of plugins, never empty.
public record NetworkConfigList(
        String name,
        CniVersion version,
        boolean disableCheck,
        boolean disableGc,
        List<PluginConfig> plugins) {
    public NetworkConfigList {
        plugins = List.copyOf(plugins);
    }
}
