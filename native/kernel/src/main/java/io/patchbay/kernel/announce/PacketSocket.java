package io.patchbay.kernel.announce;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netns.NamespaceFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A raw packet socket. Source: packet(7).
///
/// @param operation what it is for, for messages
record PacketSocket(String operation, int descriptor) implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 02000000;
    private static final int SOCKADDR_LL = 20;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_MR_ALLMULTI = 2;
    private static final int PACKET_MREQ = 16;

    private static final int IOVEC = 64;
    private static final int ADDRESS = 96;
    private static final int FRAME = 128;

    /// Protocol 0 hears nothing until it is bound.
    static PacketSocket open(String operation, NamespaceFile namespace) {
        return new PacketSocket(
                operation, namespace.socket(operation, AF_PACKET, SOCK_RAW_CLOEXEC, 0));
    }

    /// A bound socket hears what comes in on its link. To bind is to wait for the kernel's readers.
    void bind(int link, int type) {
        try (Memory memory = Memory.take()) {
            putAddress(memory.buffer(), 0, link, type);
            Syscalls.call(operation, () -> C.bind(descriptor, memory.address(0), SOCKADDR_LL));
        }
    }

    /// To send by an address costs no such wait. The message is laid out in one block, as msghdr,
    /// iovec, address and frame; see {@link io.patchbay.kernel.AncillarySocket} for the first.
    void send(int link, int type, byte[] frame) {
        try (Memory memory = Memory.take()) {
            ByteBuffer block = memory.buffer();
            block.putLong(0, memory.address(ADDRESS)).putLong(8, SOCKADDR_LL);
            block.putLong(16, memory.address(IOVEC)).putLong(24, 1);
            block.putLong(32, 0).putLong(40, 0).putLong(48, 0);
            block.putLong(IOVEC, memory.address(FRAME)).putLong(IOVEC + 8, frame.length);
            putAddress(block, ADDRESS, link, type);
            block.put(FRAME, frame);
            Syscalls.callLong(operation, () -> C.sendmsg(descriptor, memory.address(0), 0));
        }
    }

    /// ```
    ///  0        2          4       8        10     11       12
    ///  +--------+----------+-------+--------+------+--------+-----------
    ///  | u16    | be16     | s32   | u16    | u8   | u8     | address[8]
    ///  | family | protocol | link  | hatype | kind | length |
    ///  +--------+----------+-------+--------+------+--------+-----------   struct sockaddr_ll
    /// ```
    private static void putAddress(ByteBuffer to, int at, int link, int type) {
        to.putShort(at, (short) AF_PACKET);
        to.duplicate().order(ByteOrder.BIG_ENDIAN).putShort(at + 2, (short) type);
        to.putInt(at + 4, link).putLong(at + 8, 0).putInt(at + 16, 0);
    }

    /// Answers go to groups that this link need not have joined. struct packet_mreq: s32 link, u16
    /// type, u16 address length, address[8].
    void hearAllGroups(int link) {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, link).putShort(4, (short) PACKET_MR_ALLMULTI);
            memory.buffer().putShort(6, (short) 0).putLong(8, 0);
            Syscalls.call(
                    operation,
                    () ->
                            C.setsockopt(
                                    descriptor,
                                    SOL_PACKET,
                                    PACKET_ADD_MEMBERSHIP,
                                    memory.address(0),
                                    PACKET_MREQ));
        }
    }

    /// The next frame, in the memory; only where one is there.
    ByteBuffer receive(Memory memory) {
        long count =
                Syscalls.callLong(
                        operation, () -> C.recv(descriptor, memory.address(0), Memory.SIZE, 0));
        return memory.buffer().slice(0, (int) count);
    }

    @Override
    public void close() {
        Syscalls.close(descriptor);
    }
}
