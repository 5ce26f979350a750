package io.patchbay.vpc.branch;

import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A server in a pod that answers each caller with one octet, by TCP and UDP, and repeats what it
/// says for as long as it stays; and its callers.
final class Talk implements AutoCloseable {
    static final int PORT = 8080;

    private final ServerSocket streams;
    private final DatagramSocket datagrams;
    private final List<Socket> open = new ArrayList<>();

    private Talk(ServerSocket streams, DatagramSocket datagrams) {
        this.streams = streams;
        this.datagrams = datagrams;
    }

    static Talk in(Netns pod) {
        Talk talk =
                pod.inside(() -> {
                    try {
                        return new Talk(new ServerSocket(PORT), new DatagramSocket(PORT));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        Thread.ofPlatform().daemon().start(talk::answerStreams);
        Thread.ofPlatform().daemon().start(talk::answerDatagrams);
        return talk;
    }

    private void answerStreams() {
        try {
            while (true) {
                Socket caller = streams.accept();
                synchronized (open) {
                    open.add(caller);
                }
                caller.getOutputStream().write('!');
                Thread.ofPlatform().daemon().start(() -> echo(caller));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void echo(Socket caller) {
        try {
            caller.getInputStream().transferTo(caller.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }

    private void answerDatagrams() {
        DatagramPacket asked = new DatagramPacket(new byte[1], 1);
        try {
            while (true) {
                datagrams.receive(asked);
                datagrams.send(asked);
            }
        } catch (IOException e) {
            // As above.
        }
    }

    /// A caller that was answered; empty where there was no answer within a time.
    ///
    /// @param port of its own; 0 is any
    static Optional<Socket> call(Netns from, int port, InetAddress to, int toPort, int millis) {
        return from.inside(() -> {
            try {
                Socket socket = new Socket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port));
                return answered(socket, new InetSocketAddress(to, toPort), millis);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<Socket> answered(Socket socket, InetSocketAddress to, int millis)
            throws IOException {
        try {
            socket.connect(to, millis);
            socket.setSoTimeout(millis);
            if (socket.getInputStream().read() == '!') {
                return Optional.of(socket);
            }
        } catch (SocketTimeoutException e) {
            // That is one of the answers.
        }
        socket.close();
        return Optional.empty();
    }

    /// Whether a caller that was answered is answered again.
    static boolean isEchoed(Socket caller) throws IOException {
        caller.getOutputStream().write('?');
        try {
            return caller.getInputStream().read() == '?';
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /// Whether a datagram of a socket that is connected is answered; it is sent several times.
    static boolean isAnswered(Netns from, InetAddress to, int times) {
        return from.inside(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(to, PORT));
                socket.setSoTimeout(500);
                for (int i = 0; i < times; i++) {
                    socket.send(new DatagramPacket(new byte[1], 1));
                    try {
                        socket.receive(new DatagramPacket(new byte[1], 1));
                        return true;
                    } catch (SocketTimeoutException e) {
                        // Once more.
                    }
                }
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        streams.close();
        datagrams.close();
        synchronized (open) {
            for (Socket caller : open) {
                caller.close();
            }
        }
    }
}
