package io.patchbay.kernel.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Something that listens at a socket, and treats each guest in its own way.
final class FakeBackEnd implements AutoCloseable {
    /// What is done with a connection, which is closed afterwards.
    interface Manners {
        void meet(SocketChannel guest) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final Thread thread;

    private FakeBackEnd(ServerSocketChannel listener, Manners manners) {
        this.listener = listener;
        this.thread = Thread.ofPlatform().start(() -> serve(manners));
    }

    static FakeBackEnd at(Path path, Manners manners) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        return new FakeBackEnd(listener, manners);
    }

    /// One that has features and protocol features, and so many queue pairs.
    static Manners proper(long features, long protocol, int queues) {
        return guest -> {
            while (true) {
                int request = request(guest);
                switch (request) {
                    case -1 -> {
                        return;
                    }
                    case 1 -> send(guest, request, 5, features);
                    case 15 -> send(guest, request, 5, protocol);
                    case 17 -> send(guest, request, 5, queues);
                    default -> throw new IOException("request " + request);
                }
            }
        };
    }

    private static int request(SocketChannel guest) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
        while (header.hasRemaining()) {
            if (guest.read(header) < 0) {
                return -1;
            }
        }
        return header.getInt(0);
    }

    static void send(SocketChannel guest, int request, int flags, long payload) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
        message.putInt(request).putInt(flags).putInt(8).putLong(payload).flip();
        guest.write(message);
    }

    private void serve(Manners manners) {
        try {
            while (true) {
                try (SocketChannel guest = listener.accept()) {
                    manners.meet(guest);
                }
            }
        } catch (ClosedChannelException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Path path = ((UnixDomainSocketAddress) listener.getLocalAddress()).getPath();
        listener.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(path);
    }
}
