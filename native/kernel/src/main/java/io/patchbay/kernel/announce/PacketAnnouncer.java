package io.patchbay.kernel.announce;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rtnl;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Announces and probes addresses by packet sockets, which live for one call. A link without an
/// Ethernet address has no neighbours to tell, and nobody on it to have taken an address.
public final class PacketAnnouncer implements Announcer {
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
        PacketSocket socket = PacketSocket.open(operation, namespace);
        try {
            for (InetAddress address : own) {
                byte[] frame = Frames.announcement(address, mac.get());
                socket.send(link, Frames.etherType(address), frame);
            }
        } finally {
            LateClose.close(socket.descriptor());
        }
    }

    @Override
    public Optional<Claim> claim(int link, List<InetAddress> probed, Duration wait) {
        String operation =
                "probe %s on link %d in %s"
                        .formatted(
                                String.join(", ", probed.stream().map(Cidr::text).toList()),
                                link,
                                namespace.path());
        Optional<MacAddress> mac = mac(operation, link);
        if (mac.isEmpty() || probed.isEmpty()) {
            return Optional.empty();
        }
        try (Probing probing = Probing.on(link, mac.get(), probed, operation, namespace)) {
            return probing.run(wait);
        }
    }

    private Optional<MacAddress> mac(String operation, int link) {
        return rtnl.find(link)
                .orElseThrow(() -> Errno.exception(operation, KernelException.ENODEV))
                .mac();
    }
}
