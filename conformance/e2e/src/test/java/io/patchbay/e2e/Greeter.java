package io.patchbay.e2e;

import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.NodeNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// A TCP server in a pod, which greets with the pod's name.
final class Greeter implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final NodeNamespace node;
    private final String name;
    private final ServerSocket server;

    private Greeter(NodeNamespace node, String name, ServerSocket server) {
        this.node = node;
        this.name = name;
        this.server = server;
    }

    static Greeter in(NodeNamespace node, PodNetns pod, int port) {
        Greeter greeter = new Greeter(node, pod.name(), inside(node, pod, () -> listen(port)));
        Thread.ofPlatform().daemon().name("greeter").start(greeter::serve);
        return greeter;
    }

    private static <T> T inside(NodeNamespace node, PodNetns pod, Supplier<T> action) {
        try (OpenNetns netns = Kernel.ofThisMachine().open(node.file(pod.path()).toString())) {
            return netns.inside(action);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.getOutputStream().write(name.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The caller is gone, or the server is closed.
            }
        }
    }

    /// Whether somebody else is greeted at an address.
    boolean greets(PodNetns caller, String address, int port) {
        return inside(node, caller, () -> call(address, port)).equals(name);
    }

    /// Empty where nobody answers.
    private static String call(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
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
