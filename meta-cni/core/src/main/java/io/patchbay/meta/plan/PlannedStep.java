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
/// @param binaries by the type, the binaries that ADD calls for this step: found once, and
///   journaled, so that CHECK and DEL call what made it, whatever is in the plug-in path by then
public record PlannedStep(
        int position,
        PluginConfig config,
        Capabilities capabilities,
        Map<String, String> args,
        List<String> path,
        Optional<DeviceId> device,
        Map<String, String> binaries) {
    public PlannedStep {
        args = Map.copyOf(args);
        path = List.copyOf(path);
        binaries = Map.copyOf(binaries);
    }

    /// A step whose binaries were not looked for yet.
    public PlannedStep(
            int position,
            PluginConfig config,
            Capabilities capabilities,
            Map<String, String> args,
            List<String> path,
            Optional<DeviceId> device) {
        this(position, config, capabilities, args, path, device, Map.of());
    }

    public PlannedStep calling(Map<String, String> found) {
        return new PlannedStep(position, config, capabilities, args, path, device, found);
    }

    public String type() {
        return config.type();
    }
}
