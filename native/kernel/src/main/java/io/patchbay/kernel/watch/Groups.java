package io.patchbay.kernel.watch;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netlink.NetlinkSocket;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.KernelException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// A netlink socket that has joined groups, and never says anything.
///
/// @param descriptor open for as long as this lives
/// @param counts whether a message is about what is watched
record Groups(int descriptor, Predicate<ByteBuffer> counts) {
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;
    private static final int SOCKADDR_NL = 12;
    private static final int MSG_DONTWAIT = 0x40;

    /// So many at once, lest a flood of changes keep a reader for ever.
    private static final int MOST = 4096;

    private static final int LOST = -1;

    static Groups join(String operation, NamespaceFile namespace, int protocol, int... groups) {
        return join(operation, namespace, _ -> true, protocol, groups);
    }

    static Groups join(
            String operation,
            NamespaceFile namespace,
            Predicate<ByteBuffer> counts,
            int protocol,
            int... groups) {
        int socket =
                namespace.socket(
                        operation,
                        NetlinkSocket.AF_NETLINK,
                        NetlinkSocket.SOCK_RAW_CLOEXEC,
                        protocol);
        try {
            bind(operation, socket);
            for (int group : groups) {
                Syscalls.option(operation, socket, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
            }
            return new Groups(socket, counts);
        } catch (RuntimeException e) {
            Syscalls.close(socket);
            throw e;
        }
    }

    /// Without a port of its own a socket has the kernel's, and the kernel leaves out whom a
    /// message is from (do_one_broadcast in net/netlink/af_netlink.c). struct sockaddr_nl: u16
    /// family, u16 padding, u32 port, u32 groups; port 0 lets the kernel choose.
    private static void bind(String operation, int socket) {
        try (Memory memory = Memory.take()) {
            memory.buffer().putShort(0, (short) NetlinkSocket.AF_NETLINK).putShort(2, (short) 0);
            memory.buffer().putInt(4, 0).putInt(8, 0);
            Syscalls.call(operation, () -> C.bind(socket, memory.address(0), SOCKADDR_NL));
        }
    }

    /// Takes what has come, without waiting; whether any of it counts. What was lost does.
    boolean drain(String operation) {
        boolean any = false;
        try (Memory memory = Memory.take()) {
            for (int i = 0; i < MOST; i++) {
                ByteBuffer content = memory.buffer().clear();
                OptionalInt octets = take(operation, memory);
                if (octets.isEmpty()) {
                    break;
                }
                any |= octets.getAsInt() == LOST || counts.test(content.limit(octets.getAsInt()));
            }
        }
        return any;
    }

    /// The octets of a message, or {@link #LOST}; empty when there is none.
    private OptionalInt take(String operation, Memory memory) {
        try {
            return OptionalInt.of(
                    (int)
                            Syscalls.callLong(
                                    operation,
                                    () ->
                                            C.recv(
                                                    descriptor,
                                                    memory.address(0),
                                                    Memory.SIZE,
                                                    MSG_DONTWAIT)));
        } catch (KernelException e) {
            return switch (e.errno()) {
                case Errno.EAGAIN -> OptionalInt.empty();
                case Errno.ENOBUFS -> OptionalInt.of(LOST);
                default -> throw e;
            };
        }
    }

    void close() {
        Syscalls.close(descriptor);
    }
}
