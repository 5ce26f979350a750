package io.patchbay.meta.socket;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;

/// The file of a unix socket: who may reach it, and what to do with one that is there already.
final class SocketFile {
    /// sun_path holds 108 octets, the last of them zero (unix(7)).
    private static final int LONGEST = 107;

    private static final int BACKLOG = 128;

    private SocketFile() {}

    static UnixServerSocketChannel bind(Path socket) {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw refusal(
                    "the socket's path %s is too long: it may have %d octets"
                            .formatted(socket, LONGEST));
        }
        try {
            createDirectory(socket);
            removeStale(socket);
            UnixServerSocketChannel server = UnixServerSocketChannel.open();
            try {
                server.socket().bind(new UnixSocketAddress(socket.toFile()), BACKLOG);
                // bind(2) leaves it to the umask, which a process cannot change for one thread.
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE, "the socket %s cannot be bound".formatted(socket), e);
        }
    }

    /// A directory that is there already keeps its mode: it may be anybody's.
    private static void createDirectory(Path socket) throws IOException {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void removeStale(Path socket) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // Sockets, and nothing else of the kind, are "other" to Java.
        if (!Files.readAttributes(socket, BasicFileAttributes.class).isOther()) {
            throw refusal("%s is there, and is no socket".formatted(socket));
        }
        if (isAnswered(socket)) {
            throw refusal(
                    "another daemon answers on %s: stop it, or set another socket"
                            .formatted(socket));
        }
        Files.delete(socket);
    }

    private static boolean isAnswered(Path socket) {
        try (UnixSocketChannel probe =
                UnixSocketChannel.open(new UnixSocketAddress(socket.toFile()))) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static CniException refusal(String sentence) {
        return new CniException(Standard.IO_FAILURE, sentence);
    }
}
