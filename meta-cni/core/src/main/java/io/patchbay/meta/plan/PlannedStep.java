package io.patchbay.meta.plan;

import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.device.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One plugin of a chain, ready to be called.
///
/// @param position over all attachments of the sandbox, from 0: the n-th block of its link indexes
/// @param config with name, cniVersion, args and the runtimeConfig of its declared capabilities
///   injected: what a foreign binary gets on stdin, but for prevResult
/// @param capabilities the same runtimeConfig, as a value; where it asks for no addresses, with the
///   `ips` of `args.cni`, which come before the `IP` of CNI_ARGS (CNI CONVENTIONS.md)
/// @param args the pairs of CNI_ARGS
/// @param path CNI_PATH, for foreign binaries
public record PlannedStep(
        int position,
        PluginConfig config,
        Capabilities capabilities,
        Map<String, String> args,
        List<String> path,
        Optional<DeviceId> device) {
    public PlannedStep {
        args = Map.copyOf(args);
        path = List.copyOf(path);
    }

    public String type() {
        return config.type();
    }
}
