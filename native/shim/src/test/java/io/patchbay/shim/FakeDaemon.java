package io.patchbay.shim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A listener that treats its first connection as told first, its second as told second, and so on.
final class FakeDaemon implements AutoCloseable {

    /// What becomes of one connection, which is closed afterwards.
    @FunctionalInterface
    interface Treatment {
        void treat(FakeDaemon daemon, SocketChannel connection)
                throws IOException, InterruptedException;
    }

    private final ServerSocketChannel listener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private volatile @Nullable Exception failure;

    FakeDaemon(Path socket, Treatment... treatments) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        thread = Thread.ofPlatform().name("fake-daemon").start(() -> serve(List.of(treatments)));
    }

    private void serve(List<Treatment> treatments) {
        try {
            for (Treatment treatment : treatments) {
                try (SocketChannel connection = listener.accept()) {
                    treatment.treat(this, connection);
                }
            }
        } catch (ClosedChannelException | InterruptedException e) {
            // The test is over.
        } catch (IOException e) {
            failure = e;
        }
    }

    /// Reads the request and answers it.
    static Treatment answering(int status, String body) {
        return sending(reply(status, body.getBytes(UTF_8)));
    }

    /// Reads the request and sends these bytes.
    static Treatment sending(ByteBuffer bytes) {
        return (daemon, connection) -> {
            daemon.requests.add(Request.read(connection));
            ByteBuffer rest = bytes.duplicate();
            while (rest.hasRemaining()) {
                connection.write(rest);
            }
        };
    }

    /// Reads the request and keeps silent until the test is over.
    static Treatment silent() {
        return (daemon, connection) -> {
            daemon.requests.add(Request.read(connection));
            daemon.closing.await();
        };
    }

    /// Does not even read, until the test is over.
    static Treatment deaf() {
        return (daemon, connection) -> daemon.closing.await();
    }

    /// Hangs up without having read anything.
    static Treatment hangingUp() {
        return (daemon, connection) -> {};
    }

    static ByteBuffer reply(int status, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return reply(0x50424152, 1, status, body.length, (int) crc.getValue(), body);
    }

    static ByteBuffer reply(
            int magic, int version, int status, int length, int checksum, byte[] body) {
        return ByteBuffer.allocate(16 + body.length)
                .putInt(magic)
                .putShort((short) version)
                .putShort((short) status)
                .putInt(length)
                .putInt(checksum)
                .put(body)
                .flip();
    }

    /// The next request that came.
    Request request() throws InterruptedException {
        Request request = requests.poll(30, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came", failure);
        }
        return request;
    }

    /// The requests that came and were not taken yet.
    int waiting() {
        return requests.size();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError("the fake daemon failed", failure);
        }
    }
}
