package io.patchbay.e2e.node;

import io.patchbay.cluster.FaultProxy;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.NodeNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Sockets on a node's loopback, for this JVM.
public final class NodeSockets implements FaultProxy.Sockets, AutoCloseable {
    private static final int BACKLOG = 50;

    private final OpenNetns netns;

    public NodeSockets(NodeNamespace node) {
        this.netns = Kernel.ofThisMachine().open(node.netns());
    }

    @Override
    public ServerSocket listen() {
        return netns.inside(() -> {
            try {
                return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Socket connect(int port) {
        return netns.inside(() -> {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        netns.close();
    }
}
