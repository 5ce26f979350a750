package io.patchbay.kernel;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// What the JDK cannot do with a unix socket: receive a descriptor along with octets (SCM_RIGHTS),
/// and see that the other end is gone. Sources: recvmsg(2), poll(2), unix(7), cmsg(3); the layouts
/// are those of 64-bit Linux.
///
/// ```
///  0        8         16     24      32       40       48      56
///  +--------+---------+------+-------+--------+--------+-------+
///  | name * | u32     | iov *| iov   | control| control| s32   |   struct msghdr
///  |        | namelen |      | count | *      | length | flags |
///  +--------+---------+------+-------+--------+--------+-------+
///
///  0        8       12     16
///  +--------+-------+------+--------------------
///  | length | s32   | s32  | s32 descriptors...    struct cmsghdr; the next one at a multiple of 8
///  |        | level | type |
///  +--------+-------+------+--------------------
/// ```
public final class AncillarySocket {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    private static final int IOVEC = 64;
    private static final int CONTROL = 128;

    /// Room for the most the kernel passes on at once (SCM_MAX_FD, 253), so that none is dropped
    /// unseen, and for the sender's credentials beside them.
    private static final int CONTROL_LENGTH = 2048;

    private static final int CMSG_HEADER = 16;

    private static final int POLLERR = 0x8;
    private static final int POLLHUP = 0x10;

    private AncillarySocket() {}

    /// What one recvmsg brought.
    ///
    /// @param count octets; 0 is the end of the stream
    /// @param descriptor the first descriptor that came along, now the caller's to close
    public record Received(int count, OptionalInt descriptor) {}

    /// Waits for octets, and puts them into a direct buffer at its position, which moves on.
    /// Honours SO_RCVTIMEO: a KernelException with EAGAIN. Descriptors beyond the first are closed.
    public static Received receive(int socket, ByteBuffer into) {
        if (!into.isDirect()) {
            throw new IllegalArgumentException("the kernel can only be pointed at a direct buffer");
        }
        try (Memory memory = Memory.take()) {
            ByteBuffer header = memory.buffer();
            header.putLong(0, 0).putLong(8, 0);
            header.putLong(16, memory.address(IOVEC)).putLong(24, 1);
            header.putLong(32, memory.address(CONTROL)).putLong(40, CONTROL_LENGTH).putLong(48, 0);
            header.putLong(IOVEC, Syscalls.address(into)).putLong(IOVEC + 8, into.remaining());
            int count =
                    (int)
                            Syscalls.callLong(
                                    "receive on socket " + socket,
                                    () -> C.recvmsg(socket, memory.address(0), MSG_CMSG_CLOEXEC));
            into.position(into.position() + count);
            return new Received(count, descriptor(header, (int) header.getLong(40)));
        }
    }

    /// Whether the other end is closed; one that only says no more (shutdown(2)) is not. It does
    /// not wait.
    public static boolean isHungUp(int socket) {
        try (Memory memory = Memory.take()) {
            // struct pollfd: s32 fd, s16 events, s16 revents; these two need not be asked for.
            memory.buffer().putInt(0, socket).putInt(4, 0);
            Syscalls.call("poll socket " + socket, () -> C.poll(memory.address(0), 1, 0));
            return (memory.buffer().getShort(6) & (POLLERR | POLLHUP)) != 0;
        }
    }

    public static void closeDescriptor(int descriptor) {
        Syscalls.close(descriptor);
    }

    private static OptionalInt descriptor(ByteBuffer header, int controlLength) {
        OptionalInt first = OptionalInt.empty();
        int end = CONTROL + controlLength;
        int at = CONTROL;
        while (end - at >= CMSG_HEADER && header.getLong(at) >= CMSG_HEADER) {
            int length = (int) header.getLong(at);
            boolean rights =
                    header.getInt(at + 8) == SOL_SOCKET && header.getInt(at + 12) == SCM_RIGHTS;
            for (int i = at + CMSG_HEADER; rights && i + 4 <= at + length; i += 4) {
                if (first.isEmpty()) {
                    first = OptionalInt.of(header.getInt(i));
                } else {
                    Syscalls.close(header.getInt(i));
                }
            }
            at += length + 7 & ~7;
        }
        return first;
    }
}
