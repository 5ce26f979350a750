package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Plain;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Rtnl;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds virtual functions, and the links of their physical ones, by PCI address: names change.
record VirtualFunctions(Pci pci) {

    /// Code 7 where the device is none.
    PciFunction get(PciAddress device) {
        PciFunction function =
                pci.find(device)
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "device %s is not on this node: \"patchbay vf\" lists what is"
                                                .formatted(device)));
        return switch (function.kind()) {
            case Virtual _ -> function;
            case Physical(int _, boolean _, var virtual) ->
                    throw CniException.invalidConfig(
                            "device %s is a physical function, and pods get virtual ones: %s"
                                    .formatted(
                                            device,
                                            virtual.isEmpty()
                                                    ? "it has none yet, sriov_numvfs makes them"
                                                    : "it has " + virtual.values()));
            case Plain _ ->
                    throw CniException.invalidConfig(
                            "device %s has nothing to do with SR-IOV: type host-device takes it"
                                    .formatted(device));
        };
    }

    /// Code 7 where the device is none.
    Look look(Rtnl host, PciAddress device) {
        PciFunction function = get(device);
        Virtual virtual = virtual(function);
        List<Link> links = host.links();
        return new Look(
                function,
                virtual,
                links.stream().filter(device::has).findFirst(),
                port(host, links, virtual.physical(), virtual.index()));
    }

    static Virtual virtual(PciFunction function) {
        if (function.kind() instanceof Virtual virtual) {
            return virtual;
        }
        throw CniException.tryAgain(
                "device %s is no virtual function any more".formatted(function.address()));
    }

    /// The physical function's side; empty where its link is not in that namespace.
    Optional<PhysicalPort> port(Rtnl host, PciAddress physical, int index) {
        return port(host, host.links(), physical, index);
    }

    private Optional<PhysicalPort> port(
            Rtnl host, List<Link> links, PciAddress physical, int index) {
        String driver = pci.find(physical).flatMap(PciFunction::driver).orElse("");
        return link(links, physical).map(link -> new PhysicalPort(host, link, driver, index));
    }

    /// Representors of virtual functions say that they belong to the physical one too, but have no
    /// address of the hardware's own, and come later.
    private static Optional<Link> link(List<Link> links, PciAddress function) {
        return links.stream()
                .filter(function::has)
                .min(
                        Comparator.<Link, Boolean>comparing(link -> link.permanentMac().isEmpty())
                                .thenComparingInt(Link::index));
    }
}
