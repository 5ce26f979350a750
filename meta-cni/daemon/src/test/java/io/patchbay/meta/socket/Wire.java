package io.patchbay.meta.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;

/// The plugin binary's end of the socket, written from the description of the frame and on the
/// JDK's own channels.
public final class Wire {
    private static final Logger LOG = System.getLogger(Wire.class.getName());

    private Wire() {}

    /// What came back: nothing at all is an exit status of -1.
    public record Reply(int status, String body) {}

    /// A request as the plugin binary frames it.
    public static byte[] frame(Map<String, String> environment, String stdin, int deadline) {
        StringBuilder env = new StringBuilder();
        environment.forEach((key, value) -> env.append(key).append('=').append(value).append('\0'));
        byte[] first = env.toString().getBytes(StandardCharsets.UTF_8);
        byte[] second = stdin.getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(first);
        checksum.update(second);
        return ByteBuffer.allocate(24 + first.length + second.length)
                .put("PBAY".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(deadline)
                .putInt(first.length)
                .putInt(second.length)
                .putInt((int) checksum.getValue())
                .put(first)
                .put(second)
                .array();
    }

    public static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    /// Sends octets as they are, and waits for the answer, which may come before they are sent.
    public static Reply call(Path socket, byte[] octets) {
        try (SocketChannel channel = connect(socket)) {
            send(channel, octets);
            return reply(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(SocketChannel channel, byte[] octets) {
        try {
            channel.write(ByteBuffer.wrap(octets));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "refused before all was sent: {0}", e.getMessage());
        }
    }

    /// Reads one reply, and no further: behind a refusal the connection is reset.
    public static Reply reply(SocketChannel channel) throws IOException {
        ByteBuffer header = fill(channel, 16);
        if (header.position() == 0) {
            return new Reply(-1, "");
        }
        header.flip();
        byte[] magic = new byte[4];
        header.get(magic);
        int version = header.getShort();
        int status = header.getShort();
        byte[] body = fill(channel, header.getInt()).array();
        CRC32 checksum = new CRC32();
        checksum.update(body);
        if (!new String(magic, StandardCharsets.US_ASCII).equals("PBAR")
                || version != 1
                || (int) checksum.getValue() != header.getInt()) {
            throw new AssertionError("no reply frame: " + new String(body, StandardCharsets.UTF_8));
        }
        return new Reply(status, new String(body, StandardCharsets.UTF_8));
    }

    private static ByteBuffer fill(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer) > 0) {}
        return buffer;
    }
}
