package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciChange.Probe;
import io.patchbay.spi.device.PciChange.SetOverride;
import io.patchbay.spi.device.PciChange.Unbind;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.time.Duration;
import java.util.Optional;

/// Makes a lent function what it was, wherever its pod is: it is looked for in the pod, awaited on
/// the host, and at last its driver is told to begin anew, which takes the link out of whichever
/// namespace it is in. Every part may be done already.
record Returning(VirtualFunctions functions, Netns host, Optional<Netns> pod) {
    private static final System.Logger LOG = System.getLogger(Returning.class.getName());

    /// A namespace that died gives its hardware back soon, but not before its end is told.
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration DRIVER = Duration.ofSeconds(10);

    /// Throws where the function is not seen to be what it was.
    void giveBack(Loan loan) {
        if (pci().find(loan.device()).isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "device {0} of {1} is gone: there is nothing to give back",
                    loan.device(),
                    loan.owner());
            return;
        }
        Optional<PhysicalPort> port = loan.port().map(before -> port(loan, before));
        if (loan.port().filter(Loan.Port::fixedMac).isPresent()) {
            port.filter(there -> there.quirks().mac() == Quirks.MacOrder.LINK_FIRST)
                    .ifPresent(PhysicalPort::unfix);
        }
        loan.driver().ifPresent(before -> giveDriverBack(loan, before));
        Optional<LentLink> link = loan.link().flatMap(before -> bringHome(loan, before));
        link.ifPresent(LentLink::restore);
        restoreMac(loan, port, link);
        port.ifPresent(there -> there.become(loan.port().orElseThrow().before()));
        new Verification(loan, functions, host).refuseUnlike();
    }

    private Pci pci() {
        return functions.pci();
    }

    private PhysicalPort port(Loan loan, Loan.Port before) {
        return functions
                .port(host.rtnl(), before.physical(), before.index())
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "device %s cannot be given back by %s: its physical function %s has no link on the host, bring it back"
                                        .formatted(
                                                loan.device(), loan.owner(), before.physical())));
    }

    /// Each part for itself: an earlier try may have come half way.
    private void giveDriverBack(Loan loan, Loan.Driver before) {
        PciFunction now = pci().get(loan.device());
        if (!now.override().equals(before.override())) {
            pci().apply(new SetOverride(loan.device(), before.override()));
        }
        if (now.driver().equals(before.name())) {
            return;
        }
        if (now.driver().isPresent()) {
            pci().apply(new Unbind(loan.device()));
        }
        if (before.name().isPresent()) {
            pci().apply(new Probe(loan.device()));
        }
    }

    /// Empty where somebody has given the function to a process meanwhile: it has no link then.
    private Optional<LentLink> bringHome(Loan loan, HostLink before) {
        Passage passage = new Passage(host, loan::owns);
        pod.ifPresent(there -> passage.home(there, before));
        Optional<Link> found =
                passage.find(host)
                        .or(() -> await(loan, passage, SOON))
                        .or(() -> renew(loan, passage));
        if (found.isEmpty() && pci().find(loan.device()).filter(UserSpace::isDriven).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new LentLink(
                        passage,
                        before,
                        found.orElseThrow(() ->
                                CniException.tryAgain(
                                        "device %s of %s has no link, and its driver makes none: the kernel's log says why"
                                                .formatted(loan.device(), loan.owner())))));
    }

    private Optional<Link> await(Loan loan, Passage passage, Duration atMost) {
        Optional<PciFunction> _ =
                pci().await(loan.device(), function -> !function.links().isEmpty(), atMost);
        return passage.find(host);
    }

    private Optional<Link> renew(Loan loan, Passage passage) {
        PciFunction function = pci().get(loan.device());
        if (UserSpace.isDriven(function)) {
            return Optional.empty();
        }
        if (function.driver().isPresent()) {
            pci().apply(new Unbind(loan.device()));
        }
        pci().apply(new Probe(loan.device()));
        return await(loan, passage, DRIVER);
    }

    private void restoreMac(Loan loan, Optional<PhysicalPort> port, Optional<LentLink> link) {
        Optional<MacAddress> given = loan.port().map(before -> before.before().mac());
        boolean portFirst =
                port.filter(there -> there.quirks().mac() == Quirks.MacOrder.PORT_FIRST)
                        .isPresent();
        if (portFirst) {
            fix(port, given);
        }
        link.flatMap(LentLink::unlikeMac)
                .ifPresent(own ->
                        Busy.retry(() ->
                                host.rtnl()
                                        .apply(
                                                new SetMac(
                                                        link.orElseThrow().link().index(), own))));
        fix(port, given);
    }

    private static void fix(Optional<PhysicalPort> port, Optional<MacAddress> given) {
        port.filter(there -> !Optional.of(there.read().mac()).equals(given))
                .ifPresent(there -> there.fix(given.orElseThrow()));
    }
}
