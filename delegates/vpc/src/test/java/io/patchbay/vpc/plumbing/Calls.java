package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// TCP between namespaces.
public final class Calls {
    private static final int PATIENCE = 10_000;

    private Calls() {}

    /// What a server says before it hangs up.
    public static String ask(Netns from, InetAddress server, int port) {
        return ask(from, server, port, PATIENCE);
    }

    public static String ask(Netns from, InetAddress server, int port, int millis) {
        return askBy(new InetSocketAddress(0), from, server, port, millis);
    }

    /// As {@link #ask(Netns, InetAddress, int, int)}, from an address of the caller's.
    public static String askFrom(
            InetAddress own, Netns from, InetAddress server, int port, int millis) {
        return askBy(new InetSocketAddress(own, 0), from, server, port, millis);
    }

    private static String askBy(
            InetSocketAddress own, Netns from, InetAddress server, int port, int millis) {
        return from.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.bind(own);
                socket.connect(new InetSocketAddress(server, port), millis);
                socket.setSoTimeout(millis);
                return new String(
                        socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// A server that tells each caller its address, until it is closed.
    public static ServerSocket serve(Netns in, int port) {
        ServerSocket server =
                in.inside(() -> {
                    try {
                        return new ServerSocket(port);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        Thread.ofPlatform().daemon().start(() -> answer(server));
        return server;
    }

    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.getOutputStream()
                        .write(
                                Cidr.text(caller.getInetAddress())
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The caller is gone, or the server is closed: the next turn tells.
            }
        }
    }
}
