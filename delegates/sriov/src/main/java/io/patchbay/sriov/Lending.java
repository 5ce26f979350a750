package io.patchbay.sriov;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.Optional;

/// Lends a virtual function to a pod: what it was is written down, then it is set as the network
/// wants it, then it goes.
record Lending(VirtualFunctions functions, Loans loans, Attachment<SriovConfig> attachment) {

    /// Refuses what a look at the card tells; nothing is changed.
    Look refuseUnfit(PciAddress device) {
        Look look = functions.look(attachment.host().rtnl(), device);
        PciFunction function = look.function();
        loans.refuseLent(Loan.key(device), attachment.id());
        SriovConfig config = attachment.config();
        mac().ifPresent(Lending::refuseNoStations);
        if (isForUserSpace(function)) {
            refuseUserSpace(function);
        } else {
            refuseBusy(function, look.getLink());
        }
        if (config.needsPhysical() || mac().isPresent()) {
            PhysicalPort there = look.getPort();
            there.refuseLacking(Wanted.of(config, there.read()));
        }
        if (config.mtu() != 0) {
            look.port().ifPresent(there -> refuseLarger(config.mtu(), there.physical()));
        }
        return look;
    }

    private static void refuseNoStations(MacAddress mac) {
        try {
            SriovConfig.refuseNoStations(mac);
        } catch (IllegalArgumentException e) {
            throw CniException.invalidConfig(String.valueOf(e.getMessage()));
        }
    }

    private boolean isForUserSpace(PciFunction function) {
        return function.isForUserSpace() || attachment.config().driver().isPresent();
    }

    private void refuseUserSpace(PciFunction function) {
        Lent.refuseWithoutLink(attachment.ipam(), function.address().value());
        if (!function.isForUserSpace()) {
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

    private Passage passage(PciAddress device) {
        return new Passage(attachment.host(), device::has);
    }

    private Optional<MacAddress> mac() {
        return attachment.mac().or(() -> attachment.config().mac());
    }

    /// Lends the function in its physical one's turn. What it throws at is undone by its return.
    Lent lend(PciAddress device, Netns pod) {
        Look look = refuseUnfit(device);
        Loan loan = loans.begin(loan(look));
        look.port()
                .filter(_ -> loan.port().isPresent())
                .ifPresent(there -> there.become(Wanted.of(attachment.config(), there.read())));
        return loan.mode() == Loan.Mode.LINK ? lendLink(look, pod) : lendDevice(look);
    }

    private Loan loan(Look look) {
        PciFunction function = look.function();
        boolean userSpace = isForUserSpace(function);
        Optional<Link> link =
                function.isForUserSpace() || function.driver().isEmpty()
                        ? Optional.empty()
                        : Optional.of(look.getLink());
        boolean administered =
                userSpace || attachment.config().needsPhysical() || mac().isPresent();
        Optional<Loan.Port> port =
                look.port()
                        .filter(_ -> administered)
                        .map(there ->
                                new Loan.Port(
                                        look.virtual().physical(),
                                        look.virtual().index(),
                                        there.read(),
                                        mac().isPresent()));
        return new Loan(
                attachment.id(),
                attachment.step(),
                attachment.pod(),
                Loan.key(function.address()),
                userSpace ? Loan.Mode.USER_SPACE : Loan.Mode.LINK,
                link.map(HostLink::of),
                port,
                userSpace && !function.isForUserSpace()
                        ? Optional.of(new Loan.Driver(function.driver(), function.override()))
                        : Optional.empty());
    }

    private Lent lendLink(Look look, Netns pod) {
        Link link = look.getLink();
        Passage passage = passage(look.function().address());
        mac().ifPresent(mac -> setMac(look.getPort(), passage, link, mac));
        int mtu = attachment.config().mtu();
        if (mtu != 0 && mtu != link.mtu()) {
            attachment.host().rtnl().apply(new SetMtu(link.index(), mtu));
        }
        Link moved = passage.into(pod, link, attachment.id().ifName());
        return new Lent(Optional.of(look.function()), Optional.of(moved), moved.mac(), moved.mtu());
    }

    private static void setMac(PhysicalPort port, Passage passage, Link link, MacAddress mac) {
        if (port.quirks().mac() == Quirks.MacOrder.LINK_FIRST) {
            port.unfix();
        } else {
            port.fix(mac);
        }
        if (!link.mac().equals(Optional.of(mac))) {
            passage.setMac(link, mac);
        }
        port.fix(mac);
    }

    private Lent lendDevice(Look look) {
        mac().ifPresent(mac -> look.getPort().fix(mac));
        PciFunction lent =
                look.function().isForUserSpace()
                        ? look.function()
                        : functions.pci().bind(look.function().address(), UserSpace.VFIO);
        Optional<MacAddress> told =
                look.port().map(there -> there.read().mac()).filter(mac -> mac.value() != 0);
        int mtu = attachment.config().mtu();
        return new Lent(
                Optional.of(lent),
                Optional.empty(),
                told,
                mtu != 0 ? mtu : look.port().map(there -> there.physical().mtu()).orElse(0));
    }
}
