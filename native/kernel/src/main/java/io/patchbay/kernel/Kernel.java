package io.patchbay.kernel;

import io.patchbay.kernel.directory.KernelDirectories;
import io.patchbay.kernel.netns.MountNamespace;
import io.patchbay.kernel.pci.SysfsPci;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.DirectoryChange;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.net.Netns;
import java.nio.file.Path;
import java.util.Optional;

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

    /// The directories of this process's own mount namespace.
    Directories directories();

    /// The directories of a mount namespace that somebody holds, by a path such as
    /// `/proc/1/ns/mnt`.
    static Directories directories(Path mountNamespace) {
        Directories there = new KernelDirectories();
        MountNamespace namespace = new MountNamespace(mountNamespace);
        return new Directories() {
            @Override
            public Optional<Directory> find(Place place) {
                return namespace.inside(() -> there.find(place));
            }

            @Override
            public void apply(DirectoryChange change) {
                boolean _ =
                        namespace.inside(() -> {
                            there.apply(change);
                            return true;
                        });
            }
        };
    }
}
