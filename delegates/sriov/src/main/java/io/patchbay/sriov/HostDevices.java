package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The devices that are on the host and not with a pod, by whatever they are named.
record HostDevices(Pci pci, Netns host, Loans loans) {

    /// @param link empty where a process drives the function
    record Found(DeviceId key, Optional<PciFunction> function, Optional<Link> link) {}

    /// Code 7 where there is none such, 11 where it may come back: a pod has it, or its driver
    /// makes no link.
    Found get(DeviceName name) {
        Optional<PciFunction> function = function(name);
        if (function.filter(PciFunction::isForUserSpace).isPresent()) {
            PciFunction driven = function.get();
            return new Found(Loan.key(driven.address()), function, Optional.empty());
        }
        return link(name, function)
                .map(link -> of(link, function))
                .orElseThrow(() -> absent(name, function));
    }

    private static CniException unknown(DeviceName name) {
        return CniException.invalidConfig(
                "%s, and this node has no such device: plug it in, or name another one"
                        .formatted(name.told()));
    }

    private CniException absent(DeviceName name, Optional<PciFunction> function) {
        return loans.all().stream()
                .filter(name::meant)
                .findFirst()
                .map(Loans::lent)
                .orElseGet(() ->
                        function.map(found -> linkless(name, found))
                                .orElseGet(() -> unknown(name)));
    }

    private static CniException linkless(DeviceName name, PciFunction function) {
        return CniException.tryAgain(
                function.driver().isEmpty()
                        ? "%s, and the device has no driver: bind it to one".formatted(name.told())
                        : "%s, and the device has no link on the host: somebody has moved it to another namespace, or driver %s makes none"
                                .formatted(name.told(), function.driver().get()));
    }

    private Optional<PciFunction> function(DeviceName name) {
        return name instanceof DeviceName.OfBus(_, _, DeviceId place)
                        && PciAddress.isOne(place.value())
                ? pci.find(PciAddress.parse(place.value()))
                : Optional.empty();
    }

    private Optional<Link> link(DeviceName name, Optional<PciFunction> function) {
        List<Link> links = host.rtnl().links();
        if (name instanceof DeviceName.OfMac(var mac)) {
            return only(name, links, link -> link.permanentMac().equals(Optional.of(mac)))
                    .or(() -> only(name, links, name::means));
        }
        // A virtio function's link says the device of the bus behind the function.
        return links.stream()
                .filter(link ->
                        name.means(link) || function.filter(one -> has(one, link)).isPresent())
                .findFirst();
    }

    /// Links on a parent, bonds and bridges have the address of another link.
    private static Optional<Link> only(DeviceName name, List<Link> links, Predicate<Link> wanted) {
        List<Link> found = links.stream().filter(wanted).toList();
        if (found.size() > 1) {
            throw CniException.invalidConfig(
                    "%s, and several links have that address, %s: name the device by \"device\" or \"pciBusID\""
                            .formatted(name.told(), found.stream().map(Link::name).toList()));
        }
        return found.stream().findFirst();
    }

    private static boolean has(PciFunction function, Link link) {
        return function.links().stream().anyMatch(own -> own.index() == link.index());
    }

    private Found of(Link link, Optional<PciFunction> named) {
        Optional<PciFunction> function = named.or(() -> pci.find(link)).or(() -> behind(link));
        DeviceId key =
                function.map(PciFunction::address)
                        .map(Loan::key)
                        .or(() -> link.device().map(DeviceId::new))
                        .orElseGet(() -> new DeviceId("link" + link.index()));
        return new Found(key, function, Optional.of(link));
    }

    private Optional<PciFunction> behind(Link link) {
        return link.device().isEmpty()
                ? Optional.empty()
                : pci.functions().stream().filter(one -> has(one, link)).findFirst();
    }
}
