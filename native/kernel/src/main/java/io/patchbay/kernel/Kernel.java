package io.patchbay.kernel;

import io.patchbay.kernel.pci.SysfsPci;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import java.nio.file.Path;

/// The machine's kernel as a port. Every failure is an {@link io.patchbay.spi.net.KernelException}.
public interface Kernel {
    static Kernel ofThisMachine() {
        return ThisMachine.INSTANCE;
    }

    /// The process's own namespace; it lives as long as the process.
    Netns host();

    /// The same namespace on sockets of one's own: a deletion blocks its socket for some 16 ms.
    OpenNetns openHost();

    /// Opens a namespace: ENOENT when the path is gone, EINVAL when it is no network namespace. Not
    /// on a virtual thread (IllegalStateException).
    OpenNetns open(String path);

    /// Opens a namespace whose descriptor was received, and takes the descriptor over: it is closed
    /// with the handle, and on failure. Not on a virtual thread (IllegalStateException).
    ///
    /// @param path where the sender found it, for messages
    OpenNetns adopt(int descriptor, String path);

    /// The machine's PCI functions.
    Pci pci();

    /// The PCI functions that a directory shows which is laid out like the machine's own, with
    /// `sys` and below it what sysfs has there. What is watched is the machine all the same.
    static Pci pci(Path root) {
        return new SysfsPci(root);
    }
}
