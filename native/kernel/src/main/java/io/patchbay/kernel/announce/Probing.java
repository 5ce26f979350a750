package io.patchbay.kernel.announce;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.Announcer.Claim;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Addresses that are probed on one link, by a socket for each family.
final class Probing implements AutoCloseable {
    /// PROBE_NUM of RFC 5227.
    private static final int PROBES = 3;

    private static final int POLLIN = 1;
    private static final int POLLFD = 8;

    /// For how many milliseconds an interrupt may go unnoticed.
    private static final int SLICE = 50;

    private final String operation;
    private final int link;
    private final MacAddress mac;
    private final List<InetAddress> probed;
    private final List<PacketSocket> sockets = new ArrayList<>();

    private Probing(String operation, int link, MacAddress mac, List<InetAddress> probed) {
        this.operation = operation;
        this.link = link;
        this.mac = mac;
        this.probed = List.copyOf(probed);
    }

    static Probing on(
            int link,
            MacAddress mac,
            List<InetAddress> probed,
            String operation,
            NamespaceFile namespace) {
        Probing probing = new Probing(operation, link, mac, probed);
        try {
            probed.stream()
                    .mapToInt(Frames::etherType)
                    .distinct()
                    .forEach(type -> probing.listen(type, namespace));
            return probing;
        } catch (RuntimeException e) {
            probing.close();
            throw e;
        }
    }

    private void listen(int type, NamespaceFile namespace) {
        PacketSocket socket = PacketSocket.open(operation, namespace);
        sockets.add(socket);
        socket.bind(link, type);
        socket.hearAllGroups(link);
    }

    Optional<Claim> run(Duration wait) {
        Optional<Claim> claim = Optional.empty();
        for (int probe = 0; probe < PROBES && claim.isEmpty(); probe++) {
            for (InetAddress address : probed) {
                sockets.getFirst()
                        .send(link, Frames.etherType(address), Frames.probe(address, mac));
            }
            claim = hear(wait.dividedBy(PROBES));
        }
        return claim;
    }

    private Optional<Claim> hear(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        Optional<Claim> claim = Optional.empty();
        for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw Errno.exception(operation, Errno.EINTR);
            }
            for (PacketSocket socket : readable((int) Math.min(left / 1_000_000 + 1, SLICE))) {
                claim = claim.or(() -> claim(socket));
            }
            if (claim.isPresent()) {
                return claim;
            }
        }
        return claim;
    }

    private Optional<Claim> claim(PacketSocket socket) {
        try (Memory memory = Memory.take()) {
            ByteBuffer frame = socket.receive(memory);
            return probed.stream()
                    .filter(address -> Frames.claims(frame, address, mac))
                    .findFirst()
                    .map(address -> new Claim(address, Frames.sender(frame)));
        }
    }

    /// struct pollfd: s32 descriptor, s16 wanted events, s16 events that came.
    private List<PacketSocket> readable(int millis) {
        try (Memory memory = Memory.take()) {
            ByteBuffer polled = memory.buffer();
            for (int i = 0; i < sockets.size(); i++) {
                polled.putInt(i * POLLFD, sockets.get(i).descriptor());
                polled.putShort(i * POLLFD + 4, (short) POLLIN).putShort(i * POLLFD + 6, (short) 0);
            }
            Syscalls.call(operation, () -> C.poll(memory.address(0), sockets.size(), millis));
            List<PacketSocket> readable = new ArrayList<>();
            for (int i = 0; i < sockets.size(); i++) {
                if (polled.getShort(i * POLLFD + 6) != 0) {
                    readable.add(sockets.get(i));
                }
            }
            return readable;
        }
    }

    @Override
    public void close() {
        sockets.forEach(PacketSocket::close);
    }
}
