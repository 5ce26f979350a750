package io.patchbay.meta.deviceplugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pool as it is configured: devices that are as good as each other, under one resource of the
/// kubelet's. Source: SR-IOV network device plugin, README, "Config parameters".
///
/// @param excludeTopology keeps the NUMA node from the kubelet
/// @param selectors tried in order
/// @param additionalInfo for a device by its PCI address, and for all by `*`
record PoolSettings(
        String resourcePrefix,
        String resourceName,
        DeviceType deviceType,
        boolean excludeTopology,
        List<Selector> selectors,
        Map<String, Map<String, String>> additionalInfo) {
    static final String EVERY_DEVICE = "*";

    PoolSettings {
        selectors = List.copyOf(selectors);
        additionalInfo = Map.copyOf(additionalInfo);
    }

    /// As pods ask for it, such as `intel.com/sriov_netdevice`.
    String resource() {
        return resourcePrefix + "/" + resourceName;
    }

    /// The device with the first selector that takes it, if any does.
    Optional<PoolDevice> take(HostDevice device) {
        if (!deviceType.has(device.function()) || device.isForTheHost()) {
            return Optional.empty();
        }
        return selectors.stream()
                .filter(selector -> selector.takes(device))
                .findFirst()
                .map(selector -> new PoolDevice(device, selector));
    }
}
