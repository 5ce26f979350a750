package io.patchbay.meta.socket;

import io.patchbay.kernel.AncillarySocket;
import io.patchbay.kernel.AncillarySocket.Received;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/// One call's connection. It belongs to the thread that accepted it, and closes the descriptor that
/// came along unless somebody took it.
final class Connection implements AutoCloseable {
    /// Direct, for the kernel writes into it; most frames fit whole.
    static final int BUFFER = 64 << 10;

    private static final int EAGAIN = 11;

    private final UnixSocketChannel channel;
    private final ByteBuffer buffer;
    private final Duration patience;
    private OptionalInt descriptor = OptionalInt.empty();
    private boolean lasting;

    /// @param buffer the thread's own
    /// @param patience how long the other end may take for a header, for what follows it, and for
    ///   taking the reply
    Connection(UnixSocketChannel channel, ByteBuffer buffer, Duration patience) {
        this.channel = channel;
        this.buffer = buffer;
        this.patience = patience;
    }

    /// A frame with its header; the descriptor stays with the connection until it is taken.
    record Frame(Frames.Header header, Frames.Payload payload) {}

    long peer() throws IOException {
        return channel.getOption(UnixSocketOptions.SO_PEERCRED).getUid();
    }

    /// Waits for a request. Empty when the other end closed without a word, as who only looks
    /// whether somebody listens does; all else that is no frame is code 5.
    Optional<Frame> receive() {
        buffer.clear();
        long end = System.nanoTime() + patience.toNanos();
        while (buffer.position() < Frames.REQUEST_HEADER) {
            int had = buffer.position();
            if (receiveSome(had, Frames.REQUEST_HEADER, end) == 0) {
                if (had == 0) {
                    return Optional.empty();
                }
                throw Frames.malformed("it ends after %d octets".formatted(had));
            }
        }
        buffer.flip();
        Frames.Header header = Frames.header(buffer);
        return Optional.of(new Frame(header, Frames.payload(header, body(header.body()))));
    }

    private byte[] body(int length) {
        byte[] body = new byte[length];
        long end = System.nanoTime() + patience.toNanos();
        int had = drain(body, 0);
        while (had < length) {
            buffer.clear();
            if (receiveSome(had, length, end) == 0) {
                throw Frames.malformed(
                        "it ends after %d of the %d octets behind its header"
                                .formatted(had, length));
            }
            buffer.flip();
            had = drain(body, had);
        }
        return body;
    }

    private int drain(byte[] body, int had) {
        int taken = Math.min(buffer.remaining(), body.length - had);
        buffer.get(body, had, taken);
        if (buffer.hasRemaining()) {
            throw Frames.malformed("more octets follow it than its header says");
        }
        return had + taken;
    }

    private int receiveSome(int had, int wanted, long end) {
        int left = Math.toIntExact((end - System.nanoTime()) / 1_000_000);
        try {
            // 0 would be forever.
            channel.setOption(UnixSocketOptions.SO_RCVTIMEO, Math.max(left, 1));
            Received received = AncillarySocket.receive(channel.getFD(), buffer);
            keep(received.descriptor());
            return received.count();
        } catch (KernelException e) {
            if (e.errno() == EAGAIN) {
                throw Frames.malformed(
                        "%d of %d octets came within %d ms"
                                .formatted(had, wanted, patience.toMillis()));
            }
            throw new CniException(Standard.IO_FAILURE, "a frame cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(OptionalInt received) {
        if (descriptor.isEmpty()) {
            descriptor = received;
        } else {
            received.ifPresent(AncillarySocket::closeDescriptor);
        }
    }

    /// Whether nobody waits for the reply any more.
    boolean isHungUp() {
        return AncillarySocket.isHungUp(channel.getFD());
    }

    OptionalInt takeDescriptor() {
        OptionalInt taken = descriptor;
        descriptor = OptionalInt.empty();
        return taken;
    }

    /// Leaves the channel open when this is closed.
    UnixSocketChannel last() {
        lasting = true;
        return channel;
    }

    void send(CniReply reply) throws IOException {
        channel.setOption(UnixSocketOptions.SO_SNDTIMEO, (int) patience.toMillis());
        ByteBuffer octets = Frames.reply(reply);
        while (octets.hasRemaining()) {
            if (channel.write(octets) == 0) {
                throw new IOException("the other end did not take the reply");
            }
        }
    }

    @Override
    public void close() throws IOException {
        takeDescriptor().ifPresent(AncillarySocket::closeDescriptor);
        if (!lasting) {
            channel.close();
        }
    }
}
