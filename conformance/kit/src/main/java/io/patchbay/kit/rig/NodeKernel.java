package io.patchbay.kit.rig;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;

/// The real kernel, with another namespace in the place of the node's own.
public final class NodeKernel implements Kernel, AutoCloseable {
    private final Kernel kernel;
    private final String node;
    private final Directories directories;
    private final OpenNetns host;

    /// @param node the path of the namespace that is to be the node's
    public NodeKernel(Kernel kernel, String node) {
        this(kernel, node, kernel.directories());
    }

    /// @param directories as the node has them
    NodeKernel(Kernel kernel, String node, Directories directories) {
        this.kernel = kernel;
        this.node = node;
        this.directories = directories;
        this.host = kernel.open(node);
    }

    @Override
    public Netns host() {
        return host;
    }

    @Override
    public OpenNetns openHost() {
        return kernel.open(node);
    }

    @Override
    public OpenNetns open(String path) {
        return kernel.open(path);
    }

    @Override
    public OpenNetns adopt(int descriptor, String path) {
        return kernel.adopt(descriptor, path);
    }

    /// The machine's own: there is no namespace for them.
    @Override
    public Pci pci() {
        return kernel.pci();
    }

    @Override
    public Directories directories() {
        return directories;
    }

    @Override
    public void close() {
        host.close();
    }
}
