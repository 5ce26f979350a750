package io.patchbay.vpc.modes;

import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.plumbing.Calls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/// The namespace of a pod or a node, with a server on both ports of {@link Place}.
record Host(Netns netns, Witness witness, List<ServerSocket> servers) implements AutoCloseable {
    static Host of(Netns netns, Witness witness) {
        return new Host(
                netns,
                witness,
                List.of(Calls.serve(netns, Place.OPEN), Calls.serve(netns, Place.CLOSED)));
    }

    /// Tries once.
    boolean reaches(InetAddress own, InetAddress target, Probe probe, Duration patience) {
        return probe == Probe.PING
                ? pings(own, target, patience)
                : calls(own, target, probe.port(), patience);
    }

    private boolean pings(InetAddress own, InetAddress target, Duration patience) {
        String seconds = "%d.%03d".formatted(patience.toSeconds(), patience.toMillisPart());
        return witness.attempt(
                                "ping",
                                "-n",
                                "-q",
                                "-c",
                                "1",
                                "-W",
                                seconds,
                                "-I",
                                Cidr.text(own),
                                Cidr.text(target))
                        .status()
                == 0;
    }

    private boolean calls(InetAddress own, InetAddress target, int port, Duration patience) {
        try {
            String told = Calls.askFrom(own, netns, target, port, (int) patience.toMillis());
            return told.equals(Cidr.text(own));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (ServerSocket server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
