package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

/// A queue of packets between threads, of a fixed capacity. It owns the packets in it; closing it
/// frees them.
public final class Ring implements AutoCloseable {
    /// How many threads may be at each end at a time.
    public enum Ends {
        MANY_TO_MANY,
        MANY_TO_ONE,
        ONE_TO_MANY,
        ONE_TO_ONE;

        boolean oneIn() {
            return this == ONE_TO_MANY || this == ONE_TO_ONE;
        }

        boolean oneOut() {
            return this == MANY_TO_ONE || this == ONE_TO_ONE;
        }
    }

    private final Eal eal;
    private final String name;
    private final int capacity;
    private final long address;
    private final Claim in;
    private final Claim out;

    private Ring(Eal eal, String name, int capacity, Ends ends, long address) {
        this.eal = eal;
        this.name = name;
        this.capacity = capacity;
        this.address = address;
        in = claim(ends.oneIn());
        out = claim(ends.oneOut());
    }

    private static Claim claim(boolean one) {
        return one ? Claim.ofOne("is closed") : Claim.ofMany("is closed");
    }

    static Ring create(Eal eal, String name, int capacity, Ends ends) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "The ring '"
                            + name
                            + "' cannot have a capacity of "
                            + capacity
                            + ": give 1 or more.");
        }
        long address = RingNative.create(name, capacity, ends.oneIn(), ends.oneOut());
        check(address, "The ring '" + name + "' for " + capacity + " packets cannot be made");
        return new Ring(eal, name, capacity, ends, address);
    }

    public String name() {
        return name;
    }

    public int capacity() {
        return capacity;
    }

    /// How many packets are in it.
    public int count() {
        out.take(this);
        try {
            return RingNative.count(address);
        } finally {
            out.release();
        }
    }

    /// Takes over what there is room for; the rest stay in the burst, in front. Returns how many it
    /// took.
    public int enqueue(Burst burst) {
        in.take(this);
        try {
            long slots = burst.enterToTake();
            try {
                int taken = RingNative.enqueue(address, slots, burst.size());
                burst.taken(taken);
                return taken;
            } finally {
                burst.leave();
            }
        } finally {
            in.release();
        }
    }

    /// Appends its oldest packets to the burst, up to the room in it, which must not be none.
    /// Returns how many.
    public int dequeue(Burst burst) {
        out.take(this);
        try {
            return move(burst);
        } finally {
            out.release();
        }
    }

    private int move(Burst burst) {
        long slots = burst.enterToAppend(1);
        try {
            int count = RingNative.dequeue(address, slots, burst.room());
            burst.appended(count);
            return count;
        } finally {
            burst.leave();
        }
    }

    /// Waits for the crossings under way, and frees the packets that are left.
    @Override
    public void close() {
        if (!in.shut()) {
            return;
        }
        out.shut();
        try (Burst rest = new Burst(eal, Math.min(capacity, BurstNative.LONGEST))) {
            while (move(rest) > 0) {
                rest.clear();
            }
        }
        eal.rings.remove(this);
        RingNative.free(address);
    }

    @Override
    public String toString() {
        return "The ring '" + name + "'";
    }
}
