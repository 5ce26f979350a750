package io.patchbay.kernel;

import io.patchbay.kernel.directory.KernelDirectories;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import java.nio.file.Path;

/// The kernel this process runs on.
final class ThisMachine implements Kernel {
    static final ThisMachine INSTANCE = new ThisMachine();

    private final Netns host = openHost();

    private ThisMachine() {}

    @Override
    public Netns host() {
        return host;
    }

    @Override
    public OpenNetns openHost() {
        return Handle.on(NamespaceFile.home());
    }

    @Override
    public OpenNetns open(String path) {
        return Handle.on(NamespaceFile.open(path));
    }

    @Override
    public OpenNetns adopt(int descriptor, String path) {
        return Handle.on(NamespaceFile.adopt(descriptor, path));
    }

    @Override
    public Pci pci() {
        return Kernel.pci(Path.of("/"));
    }

    @Override
    public Directories directories() {
        return new KernelDirectories();
    }
}
