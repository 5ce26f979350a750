package io.patchbay.sriov;

import io.patchbay.spi.Detachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.util.Optional;
import java.util.Set;

/// Gives what is lent back and strikes it off the book: at DEL, at GC, and at a start.
///
/// @param host the node's namespace, for what no request asks for
record Returns(Loans loans, VirtualFunctions functions, Queues queues, Netns host) {
    private static final System.Logger LOG = System.getLogger(Returns.class.getName());

    void del(Detachment<?> detachment, Optional<Netns> pod) {
        for (Loan loan : loans.of(detachment.id(), detachment.step())) {
            giveBack(loan, detachment.host(), pod);
        }
    }

    void gc(String network, Set<AttachmentId> valid) {
        for (Loan loan : loans.all()) {
            if (loan.id().isLeftover(network, valid)) {
                giveBack(loan, host, Optional.empty());
            }
        }
    }

    /// What came home while nobody looked is given back now; the rest is DEL's and GC's.
    void start() {
        for (Loan loan : loans.all()) {
            boolean home =
                    loan.mode() == Loan.Mode.LINK
                            && new Passage(host, loan::owns).find(host).isPresent();
            if (home) {
                try {
                    giveBack(loan, host, Optional.empty());
                } catch (CniException | KernelException e) {
                    LOG.log(System.Logger.Level.WARNING, "{0}", e.getMessage());
                }
            }
        }
    }

    private void giveBack(Loan loan, Netns home, Optional<Netns> pod) {
        Runnable work =
                () -> {
                    new Returning(functions, home, pod).giveBack(loan);
                    loans.end(loan);
                };
        queue(loan).ifPresentOrElse(physical -> queues.inTurn(physical, work), work);
    }

    private Optional<PciAddress> queue(Loan loan) {
        return loan.port()
                .map(Loan.Port::physical)
                .or(() -> loan.pci().flatMap(functions.pci()::find).flatMap(PciFunction::physical))
                .or(loan::pci);
    }
}
