package io.patchbay.kernel.netlink;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.net.KernelException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A netlink socket: it stays in the namespace it was created in, whatever thread uses it. One
/// exchange runs at a time. Nothing waits longer than five seconds for an answer; that is a
/// KernelException with EAGAIN. Sources: netlink(7), linux/netlink.h.
public final class NetlinkSocket implements AutoCloseable {
    public static final int AF_NETLINK = 16;
    public static final int SOCK_RAW_CLOEXEC = 3 | 02000000;

    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int MSG_TRUNC = 0x20;

    /// All acknowledgements of a send wait in the socket together, about 1 KiB each as the kernel
    /// counts; what does not fit is lost (ENOBUFS). These are limits, not allocations.
    private static final int RECEIVE_LIMIT = 16 << 20;

    private static final int SEND_LIMIT = 4 << 20;
    private static final int TIMEOUT_SECONDS = 5;
    private static final int DUMP_ATTEMPTS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final int descriptor;
    private int sequence = 1;
    private boolean closed;

    /// Takes the descriptor over, on failure too.
    public NetlinkSocket(int descriptor) {
        this.descriptor = descriptor;
        try {
            configure();
        } catch (RuntimeException e) {
            Syscalls.close(descriptor);
            throw e;
        }
    }

    private void configure() {
        String operation = "configure a netlink socket";
        Syscalls.option(operation, descriptor, SOL_NETLINK, NETLINK_EXT_ACK, 1);
        Syscalls.option(operation, descriptor, SOL_NETLINK, NETLINK_CAP_ACK, 1);
        Syscalls.option(operation, descriptor, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
        limit(operation, SO_RCVBUFFORCE, SO_RCVBUF, RECEIVE_LIMIT);
        limit(operation, SO_SNDBUFFORCE, SO_SNDBUF, SEND_LIMIT);
        try (Memory timeval = Memory.take()) {
            timeval.buffer().putLong(0, TIMEOUT_SECONDS).putLong(8, 0);
            Syscalls.call(
                    operation,
                    () ->
                            C.setsockopt(
                                    descriptor, SOL_SOCKET, SO_RCVTIMEO, timeval.address(0), 16));
        }
    }

    /// Root of a user namespace may not force a limit, and gets what net.core.rmem_max and wmem_max
    /// allow: enough for small batches. Source: socket(7).
    private void limit(String operation, int forced, int capped, int octets) {
        try {
            Syscalls.option(operation, descriptor, SOL_SOCKET, forced, octets);
        } catch (KernelException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            Syscalls.option(operation, descriptor, SOL_SOCKET, capped, octets);
        }
    }

    /// Sends what the request writes in one send, and waits for the end of every message of it. A
    /// message must ask for an acknowledgement or for a dump.
    ///
    /// @return the first refusal in the order of the messages
    public Optional<Refusal> exchange(
            String operation, Consumer<MessageWriter> request, Consumer<Message> replies) {
        return run(operation, request, replies, Memory.take()).firstRefusal();
    }

    /// The same for an answer that may be larger than what a dump is cut into.
    ///
    /// @param largest octets of one datagram
    public Optional<Refusal> exchange(
            String operation,
            Consumer<MessageWriter> request,
            Consumer<Message> replies,
            int largest) {
        return run(operation, request, replies, Memory.of(largest)).firstRefusal();
    }

    /// Sends a request for a dump, again for as long as something changes meanwhile. A refusal is
    /// thrown.
    ///
    /// @param decode hands on what it finds in a message
    public <T> List<T> dump(
            String operation,
            Consumer<MessageWriter> request,
            BiConsumer<Message, Consumer<T>> decode) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            List<T> found = new ArrayList<>();
            Exchange exchange =
                    run(
                            operation,
                            request,
                            message -> decode.accept(message, found::add),
                            Memory.take());
            if (!exchange.interrupted()) {
                exchange.firstRefusal()
                        .ifPresent(refusal -> {
                            throw refusal.during(operation);
                        });
                return found;
            }
        }
        throw Errno.exception(operation, Errno.EAGAIN, "it changed during every attempt");
    }

    /// @param room for one datagram of the answer; it is closed
    private Exchange run(
            String operation,
            Consumer<MessageWriter> request,
            Consumer<Message> replies,
            Memory room) {
        lock.lock();
        try (MessageWriter writer = new MessageWriter(sequence);
                Memory answer = room) {
            request.accept(writer);
            ByteBuffer octets = writer.finish();
            Exchange exchange = new Exchange(sequence, writer.count(), replies);
            if (closed) {
                throw new IllegalStateException(operation + ": the handle was closed");
            }
            sequence += writer.count();
            Syscalls.callLong(
                    operation, () -> C.send(descriptor, writer.address(), octets.limit(), 0));
            while (!exchange.complete()) {
                receive(operation, answer).forEach(exchange::accept);
            }
            return exchange;
        } finally {
            lock.unlock();
        }
    }

    private List<Message> receive(String operation, Memory into) {
        int room = into.buffer().capacity();
        long received =
                Syscalls.callLong(
                        operation, () -> C.recv(descriptor, into.address(0), room, MSG_TRUNC));
        if (received > room) {
            throw Errno.exception(
                    operation, Errno.EMSGSIZE, "an answer of " + received + " octets");
        }
        return Message.split(into.buffer().clear().limit((int) received));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                Syscalls.close(descriptor);
            }
        } finally {
            lock.unlock();
        }
    }
}
