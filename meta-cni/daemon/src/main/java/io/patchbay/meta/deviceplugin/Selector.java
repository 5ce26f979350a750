package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which devices a pool takes: those that have one value of each list that has any. Source: SR-IOV
/// network device plugin, README, "Device selectors".
///
/// @param vendors and `devices`: ids such as 0x8086
/// @param acpiIndexes the numbers that the firmware gives devices
/// @param pKeys InfiniBand partitions, such as `0x8001`
/// @param isRdma only what has an RDMA device, whose nodes are handed over too
/// @param needVhostNet hands over /dev/vhost-net and /dev/net/tun too
record Selector(
        List<Integer> vendors,
        List<Integer> devices,
        List<String> drivers,
        List<PciAddress> pciAddresses,
        List<Integer> acpiIndexes,
        List<RootSelector> pfNames,
        List<RootSelector> rootDevices,
        List<LinkType> linkTypes,
        List<String> pKeys,
        boolean isRdma,
        boolean needVhostNet) {

    boolean takes(HostDevice device) {
        return hasIdentity(device) && hasRoot(device) && speaks(device);
    }

    private boolean hasIdentity(HostDevice device) {
        return any(vendors, vendor -> vendor == device.function().vendor())
                && any(devices, id -> id == device.function().device())
                && any(drivers, driver -> device.function().isBoundTo(driver))
                && any(pciAddresses, address -> address.equals(device.address()))
                && any(acpiIndexes, index -> device.traits().hasAcpiIndex(index));
    }

    private boolean hasRoot(HostDevice device) {
        List<String> names = device.root().links().stream().map(NetworkLink::name).toList();
        return any(
                        pfNames,
                        wanted ->
                                names.stream().anyMatch(wanted.root()::equalsIgnoreCase)
                                        && wanted.hasIndex(device.index()))
                && any(
                        rootDevices,
                        wanted ->
                                wanted.root().equals(device.root().address().value())
                                        && wanted.hasIndex(device.index()));
    }

    private boolean speaks(HostDevice device) {
        Optional<String> partition = device.traits().partition();
        return any(linkTypes, type -> type.isOf(device.function()))
                && any(pKeys, key -> partition.filter(key::equalsIgnoreCase).isPresent())
                && (!isRdma || !device.function().rdma().isEmpty());
    }

    private static <T> boolean any(List<T> wanted, Predicate<T> holds) {
        return wanted.isEmpty() || wanted.stream().anyMatch(holds);
    }
}
