package io.patchbay.kernel.announce;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rtnl;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;

/// Announces and probes addresses by packet sockets, which live for one call. Source: packet(7).
public final class PacketAnnouncer implements Announcer {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 02000000;
    private static final int SOCKADDR_LL = 20;
    private static final int POLLIN = 1;

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
        MacAddress mac = mac(operation, link);
        int socket = open(operation);
        try {
            for (InetAddress address : own) {
                bind(operation, socket, link, Frames.etherType(address));
                send(operation, socket, Frames.announcement(address, mac));
            }
        } finally {
            Syscalls.close(socket);
        }
    }

    @Override
    public boolean taken(int link, InetAddress probed, Duration wait) {
        String operation =
                "probe %s on link %d in %s"
                        .formatted(probed.getHostAddress(), link, namespace.path());
        MacAddress mac = mac(operation, link);
        int socket = open(operation);
        try {
            bind(operation, socket, link, Frames.etherType(probed));
            send(operation, socket, Frames.probe(probed, mac));
            return hears(operation, socket, probed, mac, wait);
        } finally {
            Syscalls.close(socket);
        }
    }

    private MacAddress mac(String operation, int link) {
        return rtnl.find(link)
                .flatMap(Link::mac)
                .orElseThrow(() ->
                        new KernelException(
                                operation,
                                KernelException.ENODEV,
                                "there is no such link, or it has no MAC"));
    }

    /// Protocol 0 hears nothing until it is bound.
    private int open(String operation) {
        return namespace.socket(operation, AF_PACKET, SOCK_RAW_CLOEXEC, 0);
    }

    /// A bound socket sends to its link, and hears what comes in on it.
    ///
    /// ```
    ///  0        2          4       8        10     11       12
    ///  +--------+----------+-------+--------+------+--------+-----------
    ///  | u16    | be16     | s32   | u16    | u8   | u8     | address[8]
    ///  | family | protocol | link  | hatype | kind | length |
    ///  +--------+----------+-------+--------+------+--------+-----------   struct sockaddr_ll
    /// ```
    private static void bind(String operation, int socket, int link, int type) {
        try (Memory memory = Memory.take()) {
            ByteBuffer address = memory.buffer();
            address.putShort(0, (short) AF_PACKET);
            address.duplicate().order(ByteOrder.BIG_ENDIAN).putShort(2, (short) type);
            address.putInt(4, link).putLong(8, 0).putInt(16, 0);
            Syscalls.call(operation, () -> C.bind(socket, memory.address(0), SOCKADDR_LL));
        }
    }

    private static void send(String operation, int socket, byte[] frame) {
        try (Memory memory = Memory.take()) {
            memory.buffer().put(0, frame);
            Syscalls.callLong(operation, () -> C.send(socket, memory.address(0), frame.length, 0));
        }
    }

    private static boolean hears(
            String operation, int socket, InetAddress probed, MacAddress mac, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        try (Memory memory = Memory.take()) {
            for (long left = wait.toMillis();
                    left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                if (!isReadable(operation, socket, (int) left)) {
                    return false;
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
