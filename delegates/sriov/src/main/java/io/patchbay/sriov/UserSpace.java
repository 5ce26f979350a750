package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.IommuGroup;
import java.util.List;

/// Functions that a process drives by itself, as DPDK's do. Source: the kernel's
/// Documentation/driver-api/vfio.rst.
final class UserSpace {
    static final String VFIO = "vfio-pci";

    private UserSpace() {}

    /// Code 7 where vfio could not give the function to a process: without an IOMMU, without the
    /// driver, or with a member of its group that another driver has.
    static void refuseUnviable(Pci pci, PciFunction function) {
        IommuGroup group =
                function.iommuGroup()
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "function %s has no IOMMU group, so %s cannot have it: turn the IOMMU on (intel_iommu=on, amd_iommu=on) in firmware and kernel"
                                                .formatted(function.address(), VFIO)));
        if (!pci.drivers().contains(VFIO)) {
            throw CniException.invalidConfig(
                    "\"driver\" is \"%s\", which this kernel has not loaded: modprobe %s"
                            .formatted(VFIO, VFIO));
        }
        List<PciAddress> others =
                group.others().stream()
                        .filter(other -> pci.find(other).filter(UserSpace::isInTheWay).isPresent())
                        .toList();
        if (!others.isEmpty()) {
            throw CniException.invalidConfig(
                    "function %s shares IOMMU group %d with %s, which another driver has: bind them to %s too"
                            .formatted(function.address(), group.id(), others, VFIO));
        }
    }

    /// Whether vfio gives away no member of this one's group because of it. A bridge between buses
    /// is nobody's to give away, and does no harm.
    static boolean isInTheWay(PciFunction member) {
        return member.driver()
                .filter(driver -> !driver.equals(VFIO) && !driver.equals("pcieport"))
                .isPresent();
    }
}
