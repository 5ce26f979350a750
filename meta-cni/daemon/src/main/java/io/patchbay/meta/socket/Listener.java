package io.patchbay.meta.socket;

import io.patchbay.kernel.AncillarySocket;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketChannel;

/// The socket of the daemon: some platform threads, each of which accepts a connection, reads a
/// frame, has it answered, and closes. Platform threads, for a native call would block the carrier
/// of a virtual one, and a request's thread changes its network namespace.
public final class Listener implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Listener.class.getName());
    private static final Duration LONGEST_MARGIN = Duration.ofMillis(500);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final Options options;
    private final RequestHandler handler;
    private final UnixServerSocketChannel server;
    private final Watchdog watchdog = new Watchdog();
    private final Vigils vigils = new Vigils();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// @param threads how many requests are answered at once
    /// @param uid who may talk to the socket
    /// @param patience how long a client may take to say what it wants
    /// @param deadline the longest a request may take
    /// @param drain how long {@link #close} waits for what is in flight
    public record Options(
            Path socket,
            int threads,
            long uid,
            Duration patience,
            Duration deadline,
            Duration drain) {}

    private Listener(Options options, RequestHandler handler, UnixServerSocketChannel server) {
        this.options = options;
        this.handler = handler;
        this.server = server;
    }

    /// Binds the socket and takes requests from now on. A socket that cannot be bound, or that
    /// another process answers on, is a CniException of code 5.
    public static Listener open(Options options, RequestHandler handler) {
        Listener listener = new Listener(options, handler, SocketFile.bind(options.socket()));
        for (int n = 1; n <= options.threads(); n++) {
            listener.threads.add(
                    Thread.ofPlatform().name("patchbay-socket-" + n).start(listener::serve));
        }
        return listener;
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Connection.BUFFER);
        while (!isStopping()) {
            UnixSocketChannel channel;
            try {
                channel = server.accept();
            } catch (IOException e) {
                rest(e);
                continue;
            }
            try (Connection connection = new Connection(channel, buffer, options.patience())) {
                answer(connection);
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "a client was lost before its answer: {0}", e.getMessage());
            }
        }
    }

    /// Descriptors may have run out: trying again at once would only burn the processor.
    private void rest(IOException failure) {
        try {
            if (!isStopping() && !stopping.await(100, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "no client can be accepted: {0}", failure.getMessage());
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "interrupted while it stops");
        }
    }

    private void answer(Connection connection) throws IOException {
        CniReply reply;
        try {
            requireUid(connection.peer());
            Optional<Connection.Frame> frame = connection.receive();
            if (frame.isEmpty()) {
                return;
            }
            reply = handle(frame.get(), connection);
        } catch (CniException e) {
            LOG.log(Level.WARNING, "a client was refused: {0}", e.getMessage());
            reply = CniReply.failure(e, CniVersion.NEWEST);
        }
        connection.send(reply);
    }

    private void requireUid(long uid) {
        if (uid != options.uid()) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "uid %d may not use %s: only uid %d may"
                            .formatted(uid, options.socket(), options.uid()));
        }
    }

    private CniReply handle(Connection.Frame frame, Connection connection) {
        Instant deadline = deadline(frame.header().patience());
        Request request =
                new Request(
                        frame.payload().environment(),
                        frame.payload().stdinBytes(),
                        frame.header().descriptor()
                                ? connection.takeDescriptor()
                                : OptionalInt.empty(),
                        deadline);
        try (var _ = watchdog.guard(deadline, () -> isAbandoned(request, connection))) {
            return handler.handle(request);
        } catch (Throwable e) { // an Error too: the thread must live, and the client be answered
            LOG.log(Level.ERROR, "a request failed unexpectedly", e);
            return CniReply.failure(
                    request.ended(e).map(Throwable.class::cast).orElse(e),
                    RequestDecoder.replyVersion(request.stdin()));
        } finally {
            if (request.isLasting()) {
                vigils.keep(connection.last());
            }
            request.takeDescriptor().ifPresent(AncillarySocket::closeDescriptor);
        }
    }

    /// A runtime that kills the plugin binary has given the call up. What a DEL undoes is to be
    /// undone all the same.
    private static boolean isAbandoned(Request request, Connection connection) {
        boolean del = "DEL".equals(request.environment().get("CNI_COMMAND"));
        if (del || !connection.isHungUp()) {
            return false;
        }
        request.abandon();
        return true;
    }

    /// The client's patience less what the reply may take on its way, or our own limit.
    private Instant deadline(Duration patience) {
        Duration own = options.deadline();
        if (!patience.isZero()) {
            Duration margin = min(patience.dividedBy(4), LONGEST_MARGIN);
            own = min(own, patience.minus(margin));
        }
        return Instant.now().plus(own);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /// Takes no more requests, and waits for those in flight; what outlasts the drain time is
    /// interrupted. Idempotent.
    @Override
    public void close() {
        stopping.countDown();
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be closed: {1}", options.socket(), e.getMessage());
        }
        vigils.close();
        if (!join(options.drain())) {
            LOG.log(Level.WARNING, "requests in flight are interrupted, for the daemon stops");
            threads.forEach(Thread::interrupt);
            join(AFTER_INTERRUPT);
        }
        watchdog.close();
    }

    private boolean join(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(end - System.nanoTime(), 1)))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
