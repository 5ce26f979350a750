package io.patchbay.meta.deviceplugin;

import io.patchbay.kernel.Kernel;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A kernel's word that something has changed, given by a test.
final class HandBell implements Watch {
    private final Semaphore rung = new Semaphore(0);

    void ring() {
        rung.release();
    }

    /// The functions of a machine on paper, of whose changes this tells.
    Pci pci(Path root) {
        Pci paper = Kernel.pci(root);
        return new Pci() {
            @Override
            public List<PciFunction> functions() {
                return paper.functions();
            }

            @Override
            public Optional<PciFunction> find(PciAddress function) {
                return paper.find(function);
            }

            @Override
            public SortedSet<String> drivers() {
                return paper.drivers();
            }

            @Override
            public void apply(PciChange change) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Watch watch() {
                return HandBell.this;
            }
        };
    }

    @Override
    public boolean await(Duration atMost) {
        try {
            return rung.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KernelException("watch", 4, "EINTR");
        }
    }

    @Override
    public void close() {}
}
