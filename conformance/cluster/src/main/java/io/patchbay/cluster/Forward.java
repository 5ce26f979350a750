package io.patchbay.cluster;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/// A port of this machine's loopback that leads into a network namespace.
final class Forward implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket server;

    private Forward(ServerSocket server) {
        this.server = server;
    }

    /// Takes the port; whoever connects waits for {@link #lead}.
    static Forward take(int port) {
        try {
            return new Forward(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d of the loopback cannot be had (%s): name another by CLUSTER_PORT"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    /// @param netns its path
    void lead(String netns, InetSocketAddress target) {
        Thread.ofPlatform().daemon().name("forward").start(() -> accept(netns, target));
    }

    private void accept(String netns, InetSocketAddress target) {
        try (OpenNetns there = Kernel.ofThisMachine().open(netns)) {
            while (true) {
                Socket from = server.accept();
                Thread.ofPlatform().daemon().start(() -> join(from, connect(there, target)));
            }
        } catch (SocketException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(OpenNetns there, InetSocketAddress target) {
        return there.inside(() -> {
            try {
                return new Socket(target.getAddress(), target.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Until either side ends its half.
    private static void join(Socket one, Socket other) {
        Thread.ofPlatform().daemon().start(() -> copy(one, other));
        copy(other, one);
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Either side may go away at any time: the other then sees it.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
