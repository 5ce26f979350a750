package io.patchbay.meta.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A stream to a unix socket for those who want a Socket, which the JDK does not make of its unix
/// channels. It knows no time-out of its own: who waits too long closes it, and that wakes the
/// reader.
final class UnixSocket extends Socket {
    private final Path path;
    private volatile @Nullable SocketChannel channel;
    private volatile boolean closed;

    UnixSocket(Path path) {
        this.path = path;
    }

    /// @param nowhere is passed over
    @Override
    public void connect(SocketAddress nowhere, int timeout) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private SocketChannel connected() throws SocketException {
        SocketChannel current = channel;
        if (current == null) {
            throw new SocketException("not connected");
        }
        return current;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return Channels.newInputStream(connected());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return Channels.newOutputStream(connected());
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void shutdownInput() throws IOException {
        connected().shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        connected().shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        SocketChannel current = channel;
        if (current != null) {
            current.close();
        }
    }
}
