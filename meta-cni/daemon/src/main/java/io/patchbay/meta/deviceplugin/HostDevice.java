package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Virtual;
import java.util.List;
import java.util.OptionalInt;

/// A PCI function with all that pools judge it by.
///
/// @param root the physical function of a virtual one; any other is its own
/// @param isLinkDown whether it cannot send for want of a link, as far as the host sees that
/// @param holdsDefaultRoute whether the host reaches the world by it
record HostDevice(
        PciFunction function,
        PciFunction root,
        Traits traits,
        boolean isLinkDown,
        boolean holdsDefaultRoute) {

    PciAddress address() {
        return function.address();
    }

    /// Of a virtual function, from 0.
    OptionalInt index() {
        return function.kind() instanceof Virtual virtual
                ? OptionalInt.of(virtual.index())
                : OptionalInt.empty();
    }

    /// What must stay with the host: its way out, and a physical function of others' virtual ones.
    boolean isForTheHost() {
        return holdsDefaultRoute
                || (function.kind() instanceof Physical physical && !physical.virtual().isEmpty());
    }

    /// The same with the RDMA devices that it had, where they are in a pod: in exclusive mode sysfs
    /// shows those of the own namespace only (rdma(8), "rdma system set netns").
    HostDevice remembering(HostDevice before) {
        if (!function.rdma().isEmpty() || !before.function.driver().equals(function.driver())) {
            return this;
        }
        return new HostDevice(
                with(before.function.rdma()),
                root,
                traits.withRdmaNodes(before.traits.rdmaNodes()),
                isLinkDown,
                holdsDefaultRoute);
    }

    private PciFunction with(List<String> rdma) {
        return new PciFunction(
                function.address(),
                function.vendor(),
                function.device(),
                function.code(),
                function.driver(),
                function.override(),
                function.numaNode(),
                function.iommuGroup(),
                function.links(),
                rdma,
                function.vfioNode(),
                function.kind());
    }
}
