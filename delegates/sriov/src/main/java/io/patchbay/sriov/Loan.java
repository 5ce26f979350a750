package io.patchbay.sriov;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.pod.PodRef;
import java.util.Optional;

/// A device that is with a pod, and how it was before: what DEL makes of it again. It is journaled
/// before the first change to the device.
///
/// @param step the position in the chain of the attachment
/// @param device its place on the PCI bus, where it has one; else that on its own bus, or the index
///   of its link
/// @param mode how the pod has it; journaled, for at DEL it cannot be seen any more
/// @param link the device's link on the host, if it had one
/// @param port what its physical function had set; empty where nothing of that is changed
/// @param driver what it was bound to, if it is bound to another now
record Loan(
        AttachmentId id,
        int step,
        PodRef pod,
        DeviceId device,
        Mode mode,
        Optional<HostLink> link,
        Optional<Port> port,
        Optional<Driver> driver) {

    enum Mode {
        /// Its link is in the pod's namespace.
        LINK,
        /// A process of the pod drives it; it has no link.
        USER_SPACE
    }

    /// A virtual function at its physical one.
    ///
    /// @param fixedMac whether the physical function gives it a MAC address for the pod
    record Port(PciAddress physical, int index, VirtualFunction before, boolean fixedMac) {}

    /// @param name empty where none had it
    record Driver(Optional<String> name, Optional<String> override) {}

    static DeviceId key(PciAddress device) {
        return new DeviceId(device.value());
    }

    /// Empty for a device that is none of PCI.
    Optional<PciAddress> pci() {
        return Optional.of(device.value()).filter(PciAddress::isOne).map(PciAddress::parse);
    }

    boolean owns(Link other) {
        return link.map(before -> before.is(other))
                .orElseGet(() -> other.device().filter(device.value()::equals).isPresent());
    }

    /// As messages name the owner.
    String owner() {
        return "%s of pod %s".formatted(id.ifName(), pod);
    }
}
