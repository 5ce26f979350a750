package io.patchbay.meta.device;

import io.patchbay.spi.device.DeviceId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Devices by resource, while they are gathered. A device that an init container hands on to
/// another stands in both, and counts once.
final class DeviceLists {
    private final Map<String, SequencedSet<DeviceId>> devices = new LinkedHashMap<>();

    void add(String resource, String device) {
        devices.computeIfAbsent(resource, _ -> new LinkedHashSet<>()).add(new DeviceId(device));
    }

    void addAll(DeviceLists others) {
        others.devices.forEach(
                (resource, ids) -> ids.forEach(device -> add(resource, device.value())));
    }

    Map<String, List<DeviceId>> toMap() {
        Map<String, List<DeviceId>> lists = new LinkedHashMap<>();
        devices.forEach((resource, ids) -> lists.put(resource, List.copyOf(ids)));
        return lists;
    }
}
