package io.patchbay.meta.socket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A connection to the daemon that lasts as long as both ends do: how a command hears at once that
/// the daemon has ended, be it killed.
public final class Vigil implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Vigil.class.getName());

    private final SocketChannel channel;

    /// @param channel one that blocks, and by which nothing more comes
    Vigil(SocketChannel channel) {
        this.channel = channel;
    }

    /// Returns once the daemon has ended, or this is closed.
    public void await() {
        try {
            int count = 0;
            while (count >= 0) {
                count = channel.read(ByteBuffer.allocate(1));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the daemon was lost: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection cannot be closed", e);
        }
    }
}
