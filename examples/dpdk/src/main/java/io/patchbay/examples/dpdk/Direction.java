package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Port;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The way from a port to a port, maybe the same, and what went by it. One thread moves the
/// packets; any may read the counters.
final class Direction {
    private static final VarHandle SENT = counter("sent");
    private static final VarHandle DROPPED = counter("dropped");

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

    @SuppressWarnings("UnusedVariable") // by the handle
    private long sent;

    @SuppressWarnings("UnusedVariable") // by the handle
    private long dropped;

    Direction(Port from, Port to, Mover mover) {
        this.from = from;
        this.to = to;
        this.mover = mover;
    }

    void step() {
        int count = mover.move();
        SENT.setOpaque(this, (long) SENT.getOpaque(this) + count);
        DROPPED.setOpaque(this, mover.dropped());
    }

    long received() {
        return sent() + dropped();
    }

    long sent() {
        return (long) SENT.getOpaque(this);
    }

    long dropped() {
        return (long) DROPPED.getOpaque(this);
    }

    private static VarHandle counter(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Direction.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
