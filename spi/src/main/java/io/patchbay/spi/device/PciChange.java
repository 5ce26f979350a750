package io.patchbay.spi.device;

import java.util.Optional;

/// One write to a PCI function, as a value. Source: the kernel's
/// Documentation/ABI/testing/sysfs-bus-pci.
public sealed interface PciChange {
    PciAddress function();

    /// Makes so many virtual functions, or takes all away with 0 (sriov_numvfs): EBUSY where there
    /// are some and another number is wanted, ERANGE beyond the total. Taking them away does not
    /// ask who uses one: a link in a pod's namespace vanishes.
    record SetVirtualFunctions(PciAddress function, int count) implements PciChange {}

    /// Whether the virtual functions of a physical one are given to a driver as they appear
    /// (sriov_drivers_autoprobe). While it is off they bind by an override alone.
    record SetAutoprobe(PciAddress function, boolean on) implements PciChange {}

    /// The only driver that may take the function from now on; empty lifts that. The kernel takes
    /// the name of a driver that does not exist.
    record SetOverride(PciAddress function, Optional<String> driver) implements PciChange {}

    /// Takes the function from its driver; ENODEV where it has none. A function on vfio-pci is let
    /// go when its user closes it: until then this waits.
    record Unbind(PciAddress function) implements PciChange {}

    /// Offers the function to the drivers that match. That none took it is no failure to the
    /// kernel: read it back.
    record Probe(PciAddress function) implements PciChange {}
}
