package io.patchbay.sriov;

import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.Optional;

/// A function that is with a pod.
///
/// @param link in the pod; empty where a process drives the function
record Lent(PciFunction function, Optional<Link> link, Optional<MacAddress> mac, int mtu) {

    Interface told(String name, Netns pod) {
        return new Interface(
                name,
                mac,
                mtu,
                pod.path(),
                Optional.empty(),
                Optional.of(function.address().value()));
    }

    DeviceInfo device() {
        Optional<PciAddress> physical =
                function.kind() instanceof Virtual virtual
                        ? Optional.of(virtual.physical())
                        : Optional.empty();
        return new DeviceInfo.Pci(
                function.address().value(),
                Optional.empty(),
                function.rdma().stream().findFirst(),
                physical.map(PciAddress::value),
                Optional.empty());
    }
}
