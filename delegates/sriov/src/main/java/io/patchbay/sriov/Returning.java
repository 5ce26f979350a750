package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange.Probe;
import io.patchbay.spi.device.PciChange.SetOverride;
import io.patchbay.spi.device.PciChange.Unbind;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Watch;
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
        if (loan.pci().filter(device -> pci().find(device).isEmpty()).isPresent()) {
            tellGone(loan);
            return;
        }
        Optional<PhysicalPort> port = loan.port().map(before -> port(loan, before));
        if (loan.port().filter(Loan.Port::fixedMac).isPresent()) {
            port.filter(there -> there.quirks().mac() == Quirks.MacOrder.LINK_FIRST)
                    .ifPresent(PhysicalPort::unfix);
        }
        loan.driver().ifPresent(before -> giveDriverBack(loan.pci().orElseThrow(), before));
        Optional<LentLink> link = loan.link().flatMap(before -> bringHome(loan, before));
        if (loan.pci().isEmpty() && link.isEmpty()) {
            tellGone(loan);
            return;
        }
        link.ifPresent(LentLink::restore);
        restoreMac(loan, port, link);
        port.ifPresent(there -> there.become(loan.port().orElseThrow().before()));
        new Verification(loan, functions, host).refuseUnlike();
    }

    private static void tellGone(Loan loan) {
        LOG.log(
                System.Logger.Level.WARNING,
                "device {0} of {1} is gone: there is nothing to give back",
                loan.device(),
                loan.owner());
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
    private void giveDriverBack(PciAddress device, Loan.Driver before) {
        PciFunction now = pci().get(device);
        if (!now.override().equals(before.override())) {
            pci().apply(new SetOverride(device, before.override()));
        }
        if (now.driver().equals(before.name())) {
            return;
        }
        if (now.driver().isPresent()) {
            pci().apply(new Unbind(device));
        }
        if (before.name().isPresent()) {
            pci().apply(new Probe(device));
        }
    }

    /// Empty where somebody has given the function to a process meanwhile: it has no link then.
    private Optional<LentLink> bringHome(Loan loan, HostLink before) {
        Passage passage = new Passage(host, loan::owns);
        // A pod may have made another link of a software link's index since that went home.
        if (passage.find(host).isEmpty()) {
            pod.ifPresent(there -> passage.home(there, before));
        }
        if (loan.pci().isEmpty()) {
            return awaited(passage, before).map(link -> new LentLink(passage, before, link));
        }
        PciAddress device = loan.pci().get();
        Optional<Link> found =
                passage.find(host)
                        .or(() -> await(device, passage, SOON))
                        .or(() -> renew(device, passage));
        if (found.isEmpty() && pci().find(device).filter(PciFunction::isForUserSpace).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new LentLink(
                        passage,
                        before,
                        found.orElseThrow(() ->
                                CniException.tryAgain(
                                        "device %s of %s has no link here: it is in another namespace, or its driver makes none, and the kernel's log says why"
                                                .formatted(loan.device(), loan.owner())))));
    }

    private Optional<Link> await(PciAddress device, Passage passage, Duration atMost) {
        Optional<PciFunction> _ =
                pci().await(device, function -> !function.links().isEmpty(), atMost);
        return passage.find(host);
    }

    /// Hardware of another bus comes home from a namespace that ends; a link of software ends too.
    private Optional<Link> awaited(Passage passage, HostLink before) {
        if (before.device().isEmpty() || passage.find(host).isPresent()) {
            return passage.find(host);
        }
        long end = System.nanoTime() + SOON.toNanos();
        try (Watch watch = host.watch()) {
            Optional<Link> found = passage.find(host);
            while (found.isEmpty() && System.nanoTime() < end) {
                boolean _ = watch.await(Duration.ofNanos(end - System.nanoTime()));
                found = passage.find(host);
            }
            return found;
        }
    }

    /// Other pods may have virtual functions of a physical one: its driver would take them along.
    private Optional<Link> renew(PciAddress device, Passage passage) {
        PciFunction function = pci().get(device);
        boolean carries =
                function.kind() instanceof Physical physical && !physical.virtual().isEmpty();
        if (function.isForUserSpace() || carries) {
            return Optional.empty();
        }
        if (function.driver().isPresent()) {
            pci().apply(new Unbind(device));
        }
        pci().apply(new Probe(device));
        return await(device, passage, DRIVER);
    }

    private void restoreMac(Loan loan, Optional<PhysicalPort> port, Optional<LentLink> link) {
        Optional<MacAddress> given = loan.port().map(before -> before.before().mac());
        boolean portFirst =
                port.filter(there -> there.quirks().mac() == Quirks.MacOrder.PORT_FIRST)
                        .isPresent();
        if (portFirst) {
            fix(port, given);
        }
        link.ifPresent(there ->
                there.unlikeMac().ifPresent(own -> there.passage().setMac(there.link(), own)));
        fix(port, given);
    }

    private static void fix(Optional<PhysicalPort> port, Optional<MacAddress> given) {
        port.filter(there -> !Optional.of(there.read().mac()).equals(given))
                .ifPresent(there -> there.fix(given.orElseThrow()));
    }
}
