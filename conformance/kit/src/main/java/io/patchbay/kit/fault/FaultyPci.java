package io.patchbay.kit.fault;

import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/// PCI functions whose calls pass the {@link Faults}. What the contract makes of several changes,
/// such as a binding, is counted change by change.
public final class FaultyPci implements Pci {
    private final Pci pci;
    private final Faults faults;

    public FaultyPci(Pci pci, Faults faults) {
        this.pci = pci;
        this.faults = faults;
    }

    @Override
    public List<PciFunction> functions() {
        return faults.pass("read PCI functions", FaultyNetns::refusal, pci::functions);
    }

    @Override
    public Optional<PciFunction> find(PciAddress function) {
        return faults.pass(
                "find PCI function " + function, FaultyNetns::refusal, () -> pci.find(function));
    }

    @Override
    public SortedSet<String> drivers() {
        return faults.pass("read PCI drivers", FaultyNetns::refusal, pci::drivers);
    }

    @Override
    public void apply(PciChange change) {
        faults.run(change.toString(), FaultyNetns::refusal, () -> pci.apply(change));
    }

    /// One call, however often it looks: no two sweeps would count the same otherwise.
    @Override
    public Optional<PciFunction> await(
            PciAddress function, Predicate<PciFunction> wanted, Duration atMost) {
        return faults.pass(
                "await PCI function " + function,
                FaultyNetns::refusal,
                () -> pci.await(function, wanted, atMost));
    }

    /// Who watches works beside the requests, at any time.
    @Override
    public Watch watch() {
        faults.ignoreThisThread();
        return pci.watch();
    }
}
