package io.patchbay.meta.socket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/// Who listens on a unix socket, seen from the other side.
public final class Listening {
    private Listening() {}

    /// Whether somebody does.
    public static boolean on(Path socket) {
        return process(socket).isPresent();
    }

    /// The process that does, as this process's own namespace numbers it: 0 where it is in another.
    public static OptionalInt process(Path socket) {
        try (UnixSocketChannel channel =
                UnixSocketChannel.open(new UnixSocketAddress(socket.toFile()))) {
            return OptionalInt.of(channel.getOption(UnixSocketOptions.SO_PEERCRED).getPid());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
