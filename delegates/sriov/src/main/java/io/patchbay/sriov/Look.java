package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.Link;
import java.util.Optional;

/// A virtual function as one look at the machine finds it.
///
/// @param link its own on the host; empty where it has none there
/// @param port empty where the physical function's link is not on the host
record Look(
        PciFunction function, Virtual virtual, Optional<Link> link, Optional<PhysicalPort> port) {

    /// The physical function's side; code 11 where there is none to set anything at.
    PhysicalPort getPort() {
        return port.orElseThrow(() ->
                CniException.tryAgain(
                        "the physical function %s of device %s has no link on the host, so nothing can be set: bring it back"
                                .formatted(virtual.physical(), function.address())));
    }

    /// The function's own link; code 11 where it has none on the host.
    Link getLink() {
        if (function.driver().isEmpty()) {
            throw CniException.tryAgain(
                    "device %s has no driver: bind it to its own, or let the network say \"driver\": \"%s\""
                            .formatted(function.address(), UserSpace.VFIO));
        }
        return link.orElseThrow(() ->
                CniException.tryAgain(
                        "device %s has no link on the host: somebody has moved it to another namespace"
                                .formatted(function.address())));
    }
}
