package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import java.util.Optional;

/// A device of a pool.
///
/// @param selector by which it came in
record PoolDevice(HostDevice host, Selector selector) {
    PciAddress address() {
        return host.address();
    }

    PciFunction function() {
        return host.function();
    }

    /// Its physical function, or itself.
    PciAddress root() {
        return host.root().address();
    }

    /// For the plugins of the network that gets it. Source: NPWG device-info specification 1.1.0,
    /// §3.1.
    DeviceInfo description() {
        boolean virtual = !root().equals(address());
        return new DeviceInfo.Pci(
                address().value(),
                selector.needVhostNet() ? Optional.of("/dev/vhost-net") : Optional.empty(),
                selector.isRdma() ? function().rdma().stream().findFirst() : Optional.empty(),
                virtual ? Optional.of(root().value()) : Optional.empty(),
                Optional.empty());
    }
}
