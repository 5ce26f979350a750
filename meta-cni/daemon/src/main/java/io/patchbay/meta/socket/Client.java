package io.patchbay.meta.socket;

import io.patchbay.meta.cni.CniReply;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Asks the daemon by its socket, as the plugin binary does, for a command of ours. It needs no
/// native library. A daemon that is away, or does not answer, is code 5.
public final class Client {
    private static final Logger LOG = System.getLogger(Client.class.getName());

    private final Path socket;
    private final Duration patience;
    private final long end;
    private final SocketChannel channel;
    private final Selector selector;

    private Client(Path socket, Duration patience, SocketChannel channel, Selector selector) {
        this.socket = socket;
        this.patience = patience;
        this.end = System.nanoTime() + patience.toNanos();
        this.channel = channel;
        this.selector = selector;
    }

    /// @param environment what is asked, without descriptor and stdin
    /// @param patience what the answer may take
    public static CniReply call(Path socket, Map<String, String> environment, Duration patience) {
        try (SocketChannel channel = connect(socket)) {
            return ask(socket, channel, environment, patience);
        } catch (IOException e) {
            throw lost(socket, e);
        }
    }

    /// Asks something that the daemon answers and leaves the connection open behind.
    public static Vigil vigil(Path socket, Map<String, String> environment, Duration patience) {
        try {
            SocketChannel channel = connect(socket);
            try {
                if (ask(socket, channel, environment, patience).status() != 0) {
                    throw refusal(
                            "the daemon on %s is of another version, and would not tell of its end: start it anew"
                                    .formatted(socket));
                }
                channel.configureBlocking(true);
                return new Vigil(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw lost(socket, e);
        }
    }

    private static CniException lost(Path socket, IOException reason) {
        return new CniException(
                Standard.IO_FAILURE,
                "the daemon on %s was lost before its answer".formatted(socket),
                reason);
    }

    private static CniReply ask(
            Path socket, SocketChannel channel, Map<String, String> environment, Duration patience)
            throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            Client client = new Client(socket, patience, channel, selector);
            client.send(Frames.request(environment, patience));
            return client.receive();
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            boolean _ = channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw away(socket, e);
        }
    }

    private static CniException away(Path socket, IOException reason) {
        if (Files.notExists(socket)) {
            return refusal(
                    "no daemon is there: nothing listens on %s; start the daemon, or say by PATCHBAY_SOCKET or --config where it listens"
                            .formatted(socket));
        }
        if (!Files.isWritable(socket)) {
            return refusal("only root may use %s: run this as root".formatted(socket));
        }
        return new CniException(
                Standard.IO_FAILURE,
                "no daemon answers on %s: start it, or see its log".formatted(socket),
                reason);
    }

    /// Who is refused is so before it is heard out: the answer is there all the same.
    private void send(ByteBuffer octets) {
        try {
            while (octets.hasRemaining()) {
                if (channel.write(octets) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the daemon did not take all of the request", e);
        }
    }

    private CniReply receive() throws IOException {
        Frames.ReplyHeader header = Frames.replyHeader(fill(Frames.REPLY_HEADER));
        return Frames.reply(header, fill(header.length()).array());
    }

    private ByteBuffer fill(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer);
            if (count < 0) {
                throw refusal(
                        "the daemon on %s ended its answer after %d of %d octets"
                                .formatted(socket, buffer.position(), length));
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return buffer.flip();
    }

    private void await(int operation) throws IOException {
        SelectionKey _ = channel.register(selector, operation);
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0 || selector.select(left) == 0) {
            throw refusal(
                    "the daemon on %s did not answer within %d ms: see its log"
                            .formatted(socket, patience.toMillis()));
        }
        selector.selectedKeys().clear();
    }

    private static CniException refusal(String sentence) {
        return new CniException(Standard.IO_FAILURE, sentence);
    }
}
