package io.patchbay.kernel.announce;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rtnl;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Announces and probes addresses by packet sockets, which live for one call. A link without an
/// Ethernet address has no neighbours to tell, and nobody on it to have taken an address. Source:
/// packet(7).
public final class PacketAnnouncer implements Announcer {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 02000000;
    private static final int SOCKADDR_LL = 20;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_MR_ALLMULTI = 2;
    private static final int PACKET_MREQ = 16;
    private static final int POLLIN = 1;

    private static final int IOVEC = 64;
    private static final int ADDRESS = 96;
    private static final int FRAME = 128;

    /// PROBE_NUM of RFC 5227.
    private static final int PROBES = 3;

    /// For how many milliseconds an interrupt may go unnoticed.
    private static final int SLICE = 50;

    private final NamespaceFile namespace;
    private final Rtnl rtnl;

    public PacketAnnouncer(NamespaceFile namespace, Rtnl rtnl) {
        this.namespace = namespace;
        this.rtnl = rtnl;
    }

    @Override
    public void announce(int link, List<InetAddress> own) {
        String operation =
                "announce the addresses of link %d in %s".formatted(link, namespace.path());
        Optional<MacAddress> mac = mac(operation, link);
        if (mac.isEmpty() || own.isEmpty()) {
            return;
        }
        int socket = open(operation);
        try {
            for (InetAddress address : own) {
                byte[] frame = Frames.announcement(address, mac.get());
                sendTo(operation, socket, link, Frames.etherType(address), frame);
            }
        } finally {
            LateClose.close(socket);
        }
    }

    @Override
    public boolean taken(int link, InetAddress probed, Duration wait) {
        String operation =
                "probe %s on link %d in %s".formatted(Cidr.text(probed), link, namespace.path());
        Optional<MacAddress> mac = mac(operation, link);
        if (mac.isEmpty()) {
            return false;
        }
        int socket = open(operation);
        try {
            bind(operation, socket, link, Frames.etherType(probed));
            hearAllGroups(operation, socket, link);
            for (int probe = 0; probe < PROBES; probe++) {
                send(operation, socket, Frames.probe(probed, mac.get()));
                if (hears(operation, socket, probed, mac.get(), wait.dividedBy(PROBES))) {
                    return true;
                }
            }
            return false;
        } finally {
            Syscalls.close(socket);
        }
    }

    private Optional<MacAddress> mac(String operation, int link) {
        return rtnl.find(link)
                .orElseThrow(() -> Errno.exception(operation, KernelException.ENODEV))
                .mac();
    }

    /// Protocol 0 hears nothing until it is bound.
    private int open(String operation) {
        return namespace.socket(operation, AF_PACKET, SOCK_RAW_CLOEXEC, 0);
    }

    /// A bound socket sends to its link, and hears what comes in on it. To bind is to wait for the
    /// kernel's readers.
    private static void bind(String operation, int socket, int link, int type) {
        try (Memory memory = Memory.take()) {
            putAddress(memory.buffer(), 0, link, type);
            Syscalls.call(operation, () -> C.bind(socket, memory.address(0), SOCKADDR_LL));
        }
    }

    /// To send by an address costs no such wait. The message is laid out in one block, as msghdr,
    /// iovec, address and frame; see {@link io.patchbay.kernel.AncillarySocket} for the first.
    private static void sendTo(String operation, int socket, int link, int type, byte[] frame) {
        try (Memory memory = Memory.take()) {
            ByteBuffer block = memory.buffer();
            block.putLong(0, memory.address(ADDRESS)).putLong(8, SOCKADDR_LL);
            block.putLong(16, memory.address(IOVEC)).putLong(24, 1);
            block.putLong(32, 0).putLong(40, 0).putLong(48, 0);
            block.putLong(IOVEC, memory.address(FRAME)).putLong(IOVEC + 8, frame.length);
            putAddress(block, ADDRESS, link, type);
            block.put(FRAME, frame);
            Syscalls.callLong(operation, () -> C.sendmsg(socket, memory.address(0), 0));
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

    private static void send(String operation, int socket, byte[] frame) {
        try (Memory memory = Memory.take()) {
            memory.buffer().put(0, frame);
            Syscalls.callLong(operation, () -> C.send(socket, memory.address(0), frame.length, 0));
        }
    }

    /// Answers go to groups that this link need not have joined. struct packet_mreq: s32 link, u16
    /// type, u16 address length, address[8].
    private static void hearAllGroups(String operation, int socket, int link) {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, link).putShort(4, (short) PACKET_MR_ALLMULTI);
            memory.buffer().putShort(6, (short) 0).putLong(8, 0);
            Syscalls.call(
                    operation,
                    () ->
                            C.setsockopt(
                                    socket,
                                    SOL_PACKET,
                                    PACKET_ADD_MEMBERSHIP,
                                    memory.address(0),
                                    PACKET_MREQ));
        }
    }

    private static boolean hears(
            String operation, int socket, InetAddress probed, MacAddress mac, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        try (Memory memory = Memory.take()) {
            for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Errno.exception(operation, Errno.EINTR);
                }
                if (!isReadable(operation, socket, (int) Math.min(left / 1_000_000 + 1, SLICE))) {
                    continue;
                }
                long count =
                        Syscalls.callLong(
                                operation, () -> C.recv(socket, memory.address(0), Memory.SIZE, 0));
                ByteBuffer frame = memory.buffer().slice(0, (int) count);
                if (Frames.claims(frame, probed, mac)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// struct pollfd: s32 descriptor, s16 wanted events, s16 events that came.
    private static boolean isReadable(String operation, int socket, int millis) {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, socket).putShort(4, (short) POLLIN).putShort(6, (short) 0);
            return Syscalls.call(operation, () -> C.poll(memory.address(0), 1, millis)) > 0;
        }
    }
}
