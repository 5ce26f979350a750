package io.patchbay.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Stands before the API server and does to calls what a test tells it to. TLS ends here, with the
/// server's own certificate, and each call goes on over a connection of its own.
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 16_384;

    private final ControlPlane plane;
    private final Sockets sockets;
    private final SSLSocketFactory tls;
    private final ServerSocket listener;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("fault proxy ", 0).factory());
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Refusal refusal = Refusal.NONE;
    private final AtomicInteger cuts = new AtomicInteger();

    /// Makes sockets where the control plane is.
    public interface Sockets {
        /// On the loopback.
        ServerSocket listen();

        /// To a port of the loopback.
        Socket connect(int port);
    }

    private FaultProxy(ControlPlane plane, Sockets sockets) {
        this.plane = plane;
        this.sockets = sockets;
        this.tls = plane.serverTls();
        this.listener = sockets.listen();
    }

    public static FaultProxy open(ControlPlane plane, Sockets sockets) {
        FaultProxy proxy = new FaultProxy(plane, sockets);
        Thread.ofPlatform().daemon().name("fault proxy").start(proxy::accept);
        return proxy;
    }

    /// Where it listens.
    public String url() {
        return "https://127.0.0.1:" + listener.getLocalPort();
    }

    /// Answers the next calls whose method and path begin like this.
    public void refuse(String call, int status, int times) {
        refusal = Refusal.times(call, status, times);
        refusals.set(0);
    }

    /// Answers such calls with 429 and Retry-After, until so much time is over since the first.
    public void throttle(String call, Duration time) {
        refusal = Refusal.until(call, time);
        refusals.set(0);
    }

    /// How many calls were answered since it was last told to.
    public int refusals() {
        return refusals.get();
    }

    /// How many watches were begun, whether they last or not.
    public int watches() {
        return watches.get();
    }

    /// Cuts every watch there is in the middle of what it is told next.
    public void cutWatches() {
        cuts.incrementAndGet();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain;
                SSLSocket client = (SSLSocket) tls.createSocket(plain, null, true)) {
            client.setUseClientMode(false);
            HttpCall call = HttpCall.read(client.getInputStream());
            byte[] answer = refusal.answer(call.title());
            if (answer.length > 0) {
                refusals.incrementAndGet();
                client.getOutputStream().write(answer);
                return;
            }
            pass(call, client.getOutputStream());
        } catch (IOException e) {
            // Either end went away, and its connection with it.
        } finally {
            open.remove(plain);
        }
    }

    private void pass(HttpCall call, OutputStream client) throws IOException {
        int port = plane.port();
        try (Socket plain = sockets.connect(port);
                Socket server = tls.createSocket(plain, "127.0.0.1", port, true)) {
            open.add(plain);
            server.getOutputStream().write(call.forwarded());
            if (call.isWatch()) {
                watches.incrementAndGet();
            }
            try {
                relay(call, server.getInputStream(), client);
            } finally {
                open.remove(plain);
            }
        }
    }

    private void relay(HttpCall call, InputStream from, OutputStream to) throws IOException {
        int before = cuts.get();
        byte[] chunk = new byte[CHUNK];
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            boolean cut = call.isWatch() && cuts.get() != before;
            to.write(chunk, 0, cut ? read / 2 : read);
            to.flush();
            if (cut) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.close();
    }
}
