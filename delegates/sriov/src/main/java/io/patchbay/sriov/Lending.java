package io.patchbay.sriov;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.Optional;

/// Lends a virtual function to a pod: what it was is written down, then it is set as the network
/// wants it, then it goes.
record Lending(VirtualFunctions functions, Loans loans, Attachment<SriovConfig> attachment) {

    /// Refuses what a look at the card tells; nothing is changed.
    void refuseUnfit(PciAddress device) {
        PciFunction function = functions.get(device);
        loans.refuseLent(Loan.key(device), attachment.id());
        SriovConfig config = attachment.config();
        mac().ifPresent(Lending::refuseNoStations);
        if (isForUserSpace(function)) {
            refuseUserSpace(function);
        } else {
            refuseBusy(function, link(function));
        }
        Optional<PhysicalPort> port = port(function);
        if (config.needsPhysical() || mac().isPresent()) {
            PhysicalPort there = port.orElseThrow(() -> noPort(function));
            there.refuseLacking(Wanted.of(config, there.read()));
        }
        if (config.mtu() != 0) {
            port.ifPresent(there -> refuseLarger(config.mtu(), there.physical()));
        }
    }

    private static void refuseNoStations(MacAddress mac) {
        try {
            SriovConfig.refuseNoStations(mac);
        } catch (IllegalArgumentException e) {
            throw CniException.invalidConfig(String.valueOf(e.getMessage()));
        }
    }

    private boolean isForUserSpace(PciFunction function) {
        return UserSpace.isDriven(function) || attachment.config().driver().isPresent();
    }

    private void refuseUserSpace(PciFunction function) {
        if (!UserSpace.isDriven(function)) {
            UserSpace.refuseUnviable(functions.pci(), function);
        }
    }

    /// A link that serves something on the host would be cut off it.
    private void refuseBusy(PciFunction function, Link link) {
        link.master()
                .ifPresent(master -> {
                    throw CniException.tryAgain(
                            "link %s of device %s is in use on the host, as a port of link %d: take it out of that first"
                                    .formatted(link.name(), function.address(), master));
                });
        attachment.host().rtnl().addresses(link.index()).stream()
                .filter(address -> !address.address().isLinkLocalAddress())
                .findFirst()
                .ifPresent(address -> {
                    throw CniException.tryAgain(
                            "link %s of device %s is in use on the host, it has address %s: take that away first"
                                    .formatted(link.name(), function.address(), address));
                });
    }

    private static void refuseLarger(int mtu, Link physical) {
        if (mtu > physical.mtu()) {
            throw CniException.invalidConfig(
                    "\"mtu\" is %d, and physical function %s has %d: raise that first"
                            .formatted(mtu, physical.name(), physical.mtu()));
        }
    }

    private Link link(PciFunction function) {
        if (function.driver().isEmpty()) {
            throw CniException.tryAgain(
                    "device %s has no driver: bind it to its own, or let the network say \"driver\": \"%s\""
                            .formatted(function.address(), UserSpace.VFIO));
        }
        return passage(function.address())
                .find(attachment.host())
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "device %s has no link on the host: somebody has moved it to another namespace"
                                        .formatted(function.address())));
    }

    private Passage passage(PciAddress device) {
        return new Passage(
                attachment.host(),
                link -> link.device().filter(device.value()::equals).isPresent());
    }

    private Optional<PhysicalPort> port(PciFunction function) {
        Virtual virtual = VirtualFunctions.virtual(function);
        return functions.port(attachment.host().rtnl(), virtual.physical(), virtual.index());
    }

    private static CniException noPort(PciFunction function) {
        return CniException.tryAgain(
                "the physical function %s of device %s has no link on the host, so nothing can be set: bring it back"
                        .formatted(
                                VirtualFunctions.virtual(function).physical(), function.address()));
    }

    private Optional<MacAddress> mac() {
        return attachment.mac().or(() -> attachment.config().mac());
    }

    /// Lends the function in its physical one's turn. What it throws at is undone by its return.
    Lent lend(PciAddress device, Netns pod) {
        PciFunction function = functions.get(device);
        refuseUnfit(device);
        Loan loan = loans.begin(loan(function));
        Optional<PhysicalPort> port = port(function);
        port.filter(_ -> loan.port().isPresent())
                .ifPresent(there -> there.become(Wanted.of(attachment.config(), there.read())));
        return loan.mode() == Loan.Mode.LINK
                ? lendLink(function, port, pod)
                : lendDevice(function, port);
    }

    private Loan loan(PciFunction function) {
        boolean userSpace = isForUserSpace(function);
        Optional<Link> link =
                UserSpace.isDriven(function) || function.driver().isEmpty()
                        ? Optional.empty()
                        : Optional.of(link(function));
        Virtual virtual = VirtualFunctions.virtual(function);
        boolean administered =
                userSpace || attachment.config().needsPhysical() || mac().isPresent();
        Optional<Loan.Port> port =
                administered
                        ? port(function)
                                .map(there ->
                                        new Loan.Port(
                                                virtual.physical(),
                                                virtual.index(),
                                                there.read(),
                                                mac().isPresent()))
                        : Optional.empty();
        return new Loan(
                attachment.id(),
                attachment.step(),
                attachment.pod(),
                Loan.key(function.address()),
                userSpace ? Loan.Mode.USER_SPACE : Loan.Mode.LINK,
                link.map(HostLink::of),
                port,
                userSpace && !UserSpace.isDriven(function)
                        ? Optional.of(new Loan.Driver(function.driver(), function.override()))
                        : Optional.empty());
    }

    private Lent lendLink(PciFunction function, Optional<PhysicalPort> port, Netns pod) {
        Link link = link(function);
        mac().ifPresent(mac ->
                setMac(port.orElseThrow(() -> noPort(function)), function, link, mac));
        int mtu = attachment.config().mtu();
        if (mtu != 0 && mtu != link.mtu()) {
            attachment.host().rtnl().apply(new SetMtu(link.index(), mtu));
        }
        Link moved = passage(function.address()).into(pod, link, attachment.id().ifName());
        return new Lent(Optional.of(function), Optional.of(moved), moved.mac(), moved.mtu());
    }

    private void setMac(PhysicalPort port, PciFunction function, Link link, MacAddress mac) {
        if (port.quirks().mac() == Quirks.MacOrder.LINK_FIRST) {
            port.unfix();
        } else {
            port.fix(mac);
        }
        if (!link.mac().equals(Optional.of(mac))) {
            passage(function.address()).setMac(link, mac);
        }
        port.fix(mac);
    }

    private Lent lendDevice(PciFunction function, Optional<PhysicalPort> port) {
        mac().ifPresent(mac -> port.orElseThrow(() -> noPort(function)).fix(mac));
        PciFunction lent =
                UserSpace.isDriven(function)
                        ? function
                        : functions.pci().bind(function.address(), UserSpace.VFIO);
        Optional<MacAddress> told =
                port.map(there -> there.read().mac()).filter(mac -> mac.value() != 0);
        int mtu = attachment.config().mtu();
        return new Lent(
                Optional.of(lent),
                Optional.empty(),
                told,
                mtu != 0 ? mtu : port.map(there -> there.physical().mtu()).orElse(0));
    }
}
