package io.patchbay.kit.rig;

import io.patchbay.spi.device.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Devices as a kubelet hands them out: in turn, and one that was given once stays given.
final class AssignedDevices {
    private final List<DeviceId> devices;
    private final Map<String, DeviceId> given = new HashMap<>();

    AssignedDevices(List<DeviceId> devices) {
        this.devices = devices;
    }

    /// Empty where there are no devices.
    synchronized Optional<DeviceId> of(String owner) {
        if (devices.isEmpty()) {
            return Optional.empty();
        }
        DeviceId next = devices.get(given.size() % devices.size());
        return Optional.of(given.computeIfAbsent(owner, _ -> next));
    }
}
