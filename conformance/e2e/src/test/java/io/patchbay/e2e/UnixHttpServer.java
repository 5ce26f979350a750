package io.patchbay.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// An HTTP server on a UNIX socket, where the JDK's listens on TCP only. It answers one request a
/// connection. Source: RFC 9112.
final class UnixHttpServer implements AutoCloseable {
    private static final int HEXADECIMAL = 16;

    private final Path socket;
    private final ServerSocketChannel listener;

    /// @param path decoded, without its query
    record Asked(String method, String path, String body) {}

    /// @param body JSON, or nothing
    record Said(int status, String body) {}

    UnixHttpServer(Path socket, Function<Asked, Said> answers) {
        this.socket = socket;
        try {
            Files.createDirectories(socket.getParent());
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("HTTP on " + socket).start(() -> serve(answers));
    }

    private void serve(Function<Asked, Said> answers) {
        while (listener.isOpen()) {
            try (SocketChannel caller = listener.accept()) {
                Said said = answers.apply(read(caller));
                caller.write(ByteBuffer.wrap(written(said)));
            } catch (IOException e) {
                // The caller went away, or the server was closed.
            }
        }
    }

    private static Asked read(SocketChannel caller) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(caller));
        String[] request = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String[] pair = header.split(": *", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
        }
        String path = request[1].replaceFirst("\\?.*", "");
        return new Asked(
                request[0],
                URLDecoder.decode(path, StandardCharsets.UTF_8),
                headers.containsKey("transfer-encoding") ? chunks(in) : whole(in, headers));
    }

    private static String whole(InputStream in, Map<String, String> headers) throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(line(in), HEXADECIMAL);
        while (length > 0) {
            body.write(in.readNBytes(length));
            line(in);
            length = Integer.parseInt(line(in), HEXADECIMAL);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the request ended in \"" + line + "\"");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static byte[] written(Said said) {
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        String head =
                """
                HTTP/1.1 %d Said
                Content-Type: application/json
                Content-Length: %d
                Connection: close

                """
                        .formatted(said.status(), body.length)
                        .replace("\n", "\r\n");
        return (head + said.body()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            listener.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
