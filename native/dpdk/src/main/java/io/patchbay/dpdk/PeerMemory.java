package io.patchbay.dpdk;

/// What a queue met of the memory that its port's peer shares, such as memif's, and may take back
/// amid a burst.
final class PeerMemory {
    /// A burst that is held up meets none although the link is up, where one peer left and the next
    /// came meanwhile; another one after it, in a row, does not.
    static final int MOST_IN_A_ROW = 3;

    private static volatile boolean gone;
    private int inARow;

    /// Whether a burst has ended without a word about the buffers it had in hand.
    static boolean buffersMayBeLost() {
        return gone;
    }

    void isThere() {
        if (inARow != 0) {
            inARow = 0;
        }
    }

    /// What a burst came to that met none: 0 packets where the peer is gone, as for every burst
    /// without one. With the link up, time and again, it is the peer's doing, and throws.
    int isGone(Object queue, int port) {
        gone = true;
        long link = DpdkException.check(EthdevNative.link(port), queue + " does not tell its link");
        inARow = Link.unpack(link).up() ? Math.min(inARow + 1, MOST_IN_A_ROW) : 0;
        if (inARow == MOST_IN_A_ROW) {
            throw DpdkException.of(
                    queue + " finds its peer's memory gone, though the link is up: close the port",
                    Errno.EFAULT);
        }
        return 0;
    }
}
