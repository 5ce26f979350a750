package io.patchbay.meta.socket;

import io.patchbay.kernel.AncillarySocket;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import jnr.unixsocket.UnixSocketChannel;

/// The connections of those who want to know when this process ends. The kernel closes them then,
/// however it ends.
final class Vigils implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Vigils.class.getName());

    private final List<UnixSocketChannel> channels = new ArrayList<>();

    /// Closes those whose other end has gone, too.
    synchronized void keep(UnixSocketChannel channel) {
        channels.removeIf(Vigils::isOver);
        channels.add(channel);
    }

    private static boolean isOver(UnixSocketChannel channel) {
        boolean over = AncillarySocket.isHungUp(channel.getFD());
        if (over) {
            close(channel);
        }
        return over;
    }

    private static void close(UnixSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection cannot be closed", e);
        }
    }

    @Override
    public synchronized void close() {
        channels.forEach(Vigils::close);
        channels.clear();
    }
}
