package io.patchbay.dpdk.pod;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The devices of a container by one of its resources, as a variable `PCIDEVICE_…` tells them.
///
/// @param variable its name; of two spellings the first in the alphabet
/// @param devices PCI addresses, or names on the auxiliary bus, in the order of the variable
/// @param info by device, who provides it, and key: `PCIDEVICE_…_INFO`
public record PodResource(
        String variable, List<String> devices, Map<String, Map<String, Map<String, String>>> info) {
    public PodResource {
        devices = List.copyOf(devices);
        info = Map.copyOf(info);
    }

    /// What a provider tells of a device; empty where nothing is.
    public Map<String, String> info(String device, String provider) {
        return new TreeMap<>(info.getOrDefault(device, Map.of()).getOrDefault(provider, Map.of()));
    }
}
