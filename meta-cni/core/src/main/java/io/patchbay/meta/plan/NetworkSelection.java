package io.patchbay.meta.plan;

import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.device.DeviceId;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One element of a pod's networks annotation, validated. Source: NPWG multi-network specification
/// v1.3, §4.1.
///
/// @param ifName the interface that is asked for; empty lets the plan choose
/// @param wishes `ips`, `mac`, `portMappings`, `bandwidth` and the like
/// @param cniArgs JSON text by key, merged over the network's own `args.cni`
/// @param defaultRoute gateways that this attachment is to carry the default route by; empty when
///   not asked, an empty list when it is to keep its own
public record NetworkSelection(
        String namespace,
        String name,
        Optional<String> ifName,
        Capabilities wishes,
        Map<String, String> cniArgs,
        Optional<List<InetAddress>> defaultRoute,
        Optional<DeviceId> device) {

    public static NetworkSelection of(String namespace, String name) {
        return new NetworkSelection(
                namespace,
                name,
                Optional.empty(),
                Capabilities.NONE,
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /// The same selection with a device.
    public NetworkSelection with(DeviceId chosen) {
        return new NetworkSelection(
                namespace, name, ifName, wishes, cniArgs, defaultRoute, Optional.of(chosen));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
