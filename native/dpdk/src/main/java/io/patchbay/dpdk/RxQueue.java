package io.patchbay.dpdk;

/// A port's queue of received packets. For one thread at a time; throws [IllegalStateException]
/// while the port is not started.
public final class RxQueue {
    private final Port port;
    private final int number;
    private final int index;
    final PeerMemory memory = new PeerMemory();
    final Claim claim = Claim.ofNoneYet("is not started: start its port");

    RxQueue(Port port, int number, int index) {
        this.port = port;
        this.number = number;
        this.index = index;
    }

    public Port port() {
        return port;
    }

    public int index() {
        return index;
    }

    /// Appends what has arrived to the burst, up to the room in it, which must not be none. Returns
    /// how many, often 0. Throws EFAULT where a peer took the port's memory back and the link stays
    /// up; a peer that goes away amid a burst may cost the pool the buffers of that burst.
    public int receive(Burst burst) {
        claim.take(this);
        try {
            long slots = burst.enterToAppend(1);
            try {
                int count = BurstNative.receive(number, index, slots, burst.room());
                if (count < 0) {
                    return memory.isGone(this, number);
                }
                memory.isThere();
                burst.appended(count);
                return count;
            } finally {
                burst.leave();
            }
        } finally {
            claim.release();
        }
    }

    /// Receives up to `most` packets, 1 to 512, and sends them, in one crossing. What the other
    /// queue does not take is freed, and counted in its [TxQueue#dropped]. Returns how many were
    /// sent.
    public int forward(TxQueue to, int most) {
        if (most < 1 || most > BurstNative.LONGEST) {
            throw new IllegalArgumentException(
                    "Packets cannot be forwarded by "
                            + most
                            + ": give 1 to "
                            + BurstNative.LONGEST
                            + ".");
        }
        claim.take(this);
        try {
            return to.forwardFrom(this, number, most);
        } finally {
            claim.release();
        }
    }

    @Override
    public String toString() {
        return "The receive queue " + index + " of port '" + port.name() + "'";
    }
}
