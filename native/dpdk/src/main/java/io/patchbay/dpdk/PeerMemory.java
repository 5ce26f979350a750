package io.patchbay.dpdk;

/// Memory that a peer shares with a port, such as memif's, and may take back amid a burst.
final class PeerMemory {
    private static volatile boolean gone;

    private PeerMemory() {}

    /// Whether a burst has ended without a word about the buffers it had in hand.
    static boolean buffersMayBeLost() {
        return gone;
    }

    /// What a burst came to that met none: 0 packets where the peer is gone, as for every burst
    /// without one. With the link up it is the peer's doing, and throws.
    static int gone(Object queue, int port) {
        gone = true;
        long link = DpdkException.check(EthdevNative.link(port), queue + " does not tell its link");
        if (Link.unpack(link).up()) {
            throw DpdkException.of(
                    queue + " finds its peer's memory gone, though the link is up: close the port",
                    Errno.EFAULT);
        }
        return 0;
    }
}
