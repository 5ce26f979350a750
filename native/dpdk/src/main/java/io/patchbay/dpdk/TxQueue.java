package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

/// A port's queue of packets to send. For one thread at a time; throws [IllegalStateException]
/// while the port is not started.
public final class TxQueue {
    private final Port port;
    private final int number;
    private final int index;

    /// Offloads want every packet looked at by the driver first.
    private final boolean prepare;

    private final PeerMemory memory = new PeerMemory();
    final Claim claim = Claim.ofNoneYet("is not started: start its port");
    private long dropped;

    TxQueue(Port port, int number, int index, boolean prepare) {
        this.port = port;
        this.number = number;
        this.index = index;
        this.prepare = prepare;
    }

    public Port port() {
        return port;
    }

    public int index() {
        return index;
    }

    /// How many packets [#sendAll] and [RxQueue#forward] freed since nobody took them, and how many
    /// were given up with a peer's memory.
    public long dropped() {
        return dropped;
    }

    /// Sends what the driver takes now; the rest stay in the burst, in front. Returns how many were
    /// sent. Where a peer takes the port's memory back amid a burst, all of the burst is given up;
    /// where the link stays up, that throws EFAULT.
    public int send(Burst burst) {
        claim.take(this);
        try {
            long slots = burst.enterToTake();
            try {
                int sent = BurstNative.send(number, index, slots, burst.size(), prepare);
                if (sent == -Errno.EFAULT) {
                    return givenUp(burst);
                }
                memory.isThere();
                check(sent, this + " cannot send the burst's first packet as it is");
                burst.taken(sent);
                return sent;
            } finally {
                burst.leave();
            }
        } finally {
            claim.release();
        }
    }

    /// Sends the burst, trying again up to `retries` times when the driver takes nothing, and frees
    /// the rest. Returns how many were sent; the burst is empty then.
    public int sendAll(Burst burst, int retries) {
        claim.take(this);
        try {
            long slots = burst.enterToTake();
            try {
                int count = burst.size();
                int sent = BurstNative.sendAll(number, index, slots, count, retries, prepare);
                if (sent == -Errno.EFAULT) {
                    return givenUp(burst);
                }
                memory.isThere();
                burst.taken(count);
                dropped += count - sent;
                return sent;
            } finally {
                burst.leave();
            }
        } finally {
            claim.release();
        }
    }

    private int givenUp(Burst burst) {
        dropped += burst.size();
        burst.taken(burst.size());
        return memory.isGone(this, number);
    }

    int forwardFrom(RxQueue from, int fromPort, int most) {
        claim.take(this);
        try {
            long result = BurstNative.forward(fromPort, from.index(), number, index, most, prepare);
            if (result == -Errno.EFAULT) {
                return from.memory.isGone(from, fromPort);
            }
            from.memory.isThere();
            dropped += Math.abs(result) >>> 32;
            if (result < 0) {
                return memory.isGone(this, number);
            }
            memory.isThere();
            return (int) result;
        } finally {
            claim.release();
        }
    }

    @Override
    public String toString() {
        return "The send queue " + index + " of port '" + port.name() + "'";
    }
}
