package io.patchbay.sriov;

import io.patchbay.spi.Meters;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Watch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// A loop that hears of functions, drivers and links that come and go. It makes what is declared so
/// again, and tells once of a function that a pod had and has no more. It ends when it is
/// interrupted.
///
/// A lost function is no matter of STATUS: the node still serves all pods but that one, whose CHECK
/// tells of it.
final class Lookout implements Runnable {
    private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

    /// For what the kernel does not tell, such as the end of a process that drove a function.
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final Pci pci;
    private final Loans loans;
    private final Declarations declarations;
    private final Meters meters;
    private volatile List<PciFunction> last = List.of();
    private Set<DeviceId> lost = Set.of();
    private String trouble = "";

    Lookout(Pci pci, Loans loans, Declarations declarations, Meters meters) {
        this.pci = pci;
        this.loans = loans;
        this.declarations = declarations;
        this.meters = meters;
    }

    /// Gauges of the functions by their states, as they were at the last look.
    void meter() {
        for (FunctionState state : FunctionState.values()) {
            meters.gauge(
                    "functions",
                    () -> Inventory.of(last, loans.all()).count(state),
                    "state",
                    state.word());
        }
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Watch watch = pci.watch()) {
                while (!Thread.currentThread().isInterrupted()) {
                    look();
                    boolean _ = watch.await(PERIOD);
                }
            } catch (KernelException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    tell("PCI functions cannot be watched: " + e.getMessage());
                    LockSupport.parkNanos(PERIOD.toNanos());
                }
            }
        }
    }

    /// One look at everything.
    void look() {
        declarations.apply();
        try {
            last = pci.functions();
            List<Loan> gone = Inventory.of(last, loans.all()).lost();
            gone.stream().filter(loan -> !lost.contains(loan.device())).forEach(this::tell);
            lost = gone.stream().map(Loan::device).collect(Collectors.toSet());
            trouble = "";
        } catch (KernelException e) {
            tell("the inventory cannot be taken: " + e.getMessage());
        }
    }

    /// Once, for as long as it is the same each time.
    private void tell(String now) {
        if (!now.equals(trouble)) {
            LOG.log(Level.WARNING, now);
        }
        trouble = now;
    }

    private void tell(Loan loan) {
        meters.count("lost", 1);
        LOG.log(
                Level.WARNING,
                "device {0} is {1}, and it vanished or lost its driver: delete the pod, or bring the device back",
                loan.device(),
                loan.owner());
    }
}
