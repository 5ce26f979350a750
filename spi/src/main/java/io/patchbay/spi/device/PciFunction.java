package io.patchbay.spi.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/// A PCI function as the kernel shows it at one moment. Source: the kernel's
/// Documentation/ABI/testing/sysfs-bus-pci.
///
/// @param vendor such as 0x8086
/// @param code base class, subclass and programming interface: an Ethernet controller is 0x020000
/// @param driver what it is bound to
/// @param override the only driver that may take it (driver_override)
/// @param numaNode empty where the firmware names none
/// @param links those in the namespace that this sysfs shows; a link that was moved is not there
/// @param rdma its RDMA devices, such as `mlx5_2`
/// @param vfioNode what a process opens to drive it, such as `/dev/vfio/12`
public record PciFunction(
        PciAddress address,
        int vendor,
        int device,
        int code,
        Optional<String> driver,
        Optional<String> override,
        OptionalInt numaNode,
        Optional<IommuGroup> iommuGroup,
        List<NetworkLink> links,
        List<String> rdma,
        Optional<String> vfioNode,
        Kind kind) {

    /// Source: the kernel's Documentation/driver-api/vfio.rst and uio-howto.rst.
    private static final Set<String> FOR_USER_SPACE =
            Set.of("vfio-pci", "uio_pci_generic", "igb_uio");

    /// Functions that the IOMMU cannot tell apart: all of them go to one user, or none.
    ///
    /// @param others the members beside the function that was asked about
    public record IommuGroup(int id, SortedSet<PciAddress> others) {}

    /// A link of the function. Its identity is the index: the name is only what it is called now.
    public record NetworkLink(int index, String name) {}

    /// What a function is to SR-IOV.
    public sealed interface Kind {}

    /// A function that can have virtual ones.
    ///
    /// @param total how many it can have (sriov_totalvfs)
    /// @param autoprobe whether the kernel gives new ones to a driver (sriov_drivers_autoprobe)
    /// @param virtual those it has, by their index
    public record Physical(int total, boolean autoprobe, SortedMap<Integer, PciAddress> virtual)
            implements Kind {}

    /// @param physical the function that it is part of
    /// @param index as rtnetlink and `virtfnN` count, from 0
    public record Virtual(PciAddress physical, int index) implements Kind {}

    /// A function that has nothing to do with SR-IOV.
    public record Plain() implements Kind {}

    /// The function that this one is part of; empty for any but a virtual one.
    public Optional<PciAddress> physical() {
        return kind instanceof Virtual virtual ? Optional.of(virtual.physical()) : Optional.empty();
    }

    /// Whether a process drives it by itself, as DPDK's do: it has no link then.
    public boolean isForUserSpace() {
        return driver.filter(FOR_USER_SPACE::contains).isPresent();
    }

    public boolean isBoundTo(String name) {
        return driver.equals(Optional.of(name));
    }
}
