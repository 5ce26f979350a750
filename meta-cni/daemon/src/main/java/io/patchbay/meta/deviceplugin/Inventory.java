package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Lifeline;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Looks which functions of the kinds that pools have are in the machine.
///
/// @param host whose default routes count
record Inventory(Pci pci, Sysfs sysfs, Rtnl host) {
    /// @param before what was found last
    SortedMap<PciAddress, HostDevice> look(Map<PciAddress, HostDevice> before) {
        Set<String> wayOut = wayOut(host.links(), host.routes(Route.MAIN));
        SortedMap<PciAddress, PciFunction> functions = new TreeMap<>();
        pci.functions().forEach(function -> functions.put(function.address(), function));
        SortedMap<PciAddress, HostDevice> devices = new TreeMap<>();
        for (PciFunction function : functions.values()) {
            if (Arrays.stream(DeviceType.values()).anyMatch(type -> type.has(function))) {
                HostDevice device = device(function, functions, wayOut);
                devices.put(
                        device.address(),
                        Optional.ofNullable(before.get(device.address()))
                                .map(device::remembering)
                                .orElse(device));
            }
        }
        return devices;
    }

    /// The hardware that carries the links of the default routes.
    ///
    /// @return such as `0000:01:00.0`, or `virtio0`
    static Set<String> wayOut(List<Link> links, List<Route> routes) {
        Set<Integer> lifeline = Lifeline.of(links, routes);
        return links.stream()
                .filter(link -> lifeline.contains(link.index()))
                .flatMap(link -> link.device().stream())
                .collect(Collectors.toSet());
    }

    private HostDevice device(
            PciFunction function, Map<PciAddress, PciFunction> functions, Set<String> wayOut) {
        PciFunction root =
                function.physical()
                        .map(physical -> functions.getOrDefault(physical, function))
                        .orElse(function);
        Traits traits = sysfs.traits(function);
        boolean holds =
                wayOut.contains(function.address().value())
                        || traits.buses().stream().anyMatch(wayOut::contains);
        return new HostDevice(function, root, traits, sysfs.isLinkDown(function, root), holds);
    }
}
