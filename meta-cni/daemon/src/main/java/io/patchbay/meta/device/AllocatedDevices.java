package io.patchbay.meta.device;

import io.patchbay.spi.device.DeviceId;
import java.util.List;
import java.util.Map;

/// What the kubelet gave the containers of a pod.
///
/// @param devices by their resource: one container after the other, each device once
/// @param claims the resource claims by which it gave devices besides, as `NAMESPACE/NAME`
public record AllocatedDevices(Map<String, List<DeviceId>> devices, List<String> claims) {
    public AllocatedDevices {
        devices = Map.copyOf(devices);
        claims = List.copyOf(claims);
    }

    /// A pod without claims.
    public static AllocatedDevices of(Map<String, List<DeviceId>> devices) {
        return new AllocatedDevices(devices, List.of());
    }

    List<DeviceId> of(String resource) {
        return devices.getOrDefault(resource, List.of());
    }
}
