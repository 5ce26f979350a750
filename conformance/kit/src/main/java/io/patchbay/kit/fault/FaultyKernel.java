package io.patchbay.kit.fault;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;

/// A kernel whose calls pass the {@link Faults}.
public final class FaultyKernel implements Kernel {
    private final Kernel kernel;
    private final Faults faults;

    public FaultyKernel(Kernel kernel, Faults faults) {
        this.kernel = kernel;
        this.faults = faults;
    }

    @Override
    public Netns host() {
        return new FaultyNetns(kernel.host(), faults);
    }

    @Override
    public OpenNetns openHost() {
        return faults.pass(
                "open the node's namespace",
                FaultyNetns::refusal,
                () -> new FaultyOpenNetns(kernel.openHost(), faults));
    }

    @Override
    public OpenNetns open(String path) {
        return faults.pass(
                "open " + path,
                FaultyNetns::refusal,
                () -> new FaultyOpenNetns(kernel.open(path), faults));
    }

    /// A namespace that somebody else opened, whose calls pass the faults from now on.
    public OpenNetns passed(OpenNetns opened) {
        return new FaultyOpenNetns(opened, faults);
    }

    @Override
    public OpenNetns adopt(int descriptor, String path) {
        return passed(kernel.adopt(descriptor, path));
    }

    @Override
    public Pci pci() {
        return new FaultyPci(kernel.pci(), faults);
    }

    @Override
    public Directories directories() {
        return new FaultyDirectories(kernel.directories(), faults);
    }
}
