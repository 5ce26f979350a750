package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Port;

/// The way from a port to a port, maybe the same, and what went by it. One thread moves the
/// packets; any may read the counters.
final class Direction {
    /// Moves packets.
    interface Mover {
        /// Moves what has arrived, and returns how many packets were sent.
        int move();

        /// How many packets it freed instead, so far.
        long dropped();
    }

    final Port from;
    final Port to;
    private final Mover mover;
    private final Counter sent = new Counter();
    private final Counter dropped = new Counter();

    Direction(Port from, Port to, Mover mover) {
        this.from = from;
        this.to = to;
        this.mover = mover;
    }

    void step() {
        sent.add(mover.move());
        dropped.set(mover.dropped());
    }

    long received() {
        return sent() + dropped();
    }

    long sent() {
        return sent.get();
    }

    long dropped() {
        return dropped.get();
    }
}
