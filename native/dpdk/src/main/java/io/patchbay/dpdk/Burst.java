package io.patchbay.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Packets on their way: an array of pointers to packet buffers, in memory outside the heap. It
/// owns the packets in it, until they are sent, moved or freed; closing it frees them. Nothing is
/// allocated once it is made.
///
/// For one thread at a time.
public final class Burst implements AutoCloseable {
    private final Eal eal;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slots;
    private final Packet[] packets;
    private final Claim claim = Claim.ofOne("is closed");
    private int size;
    private int holes;

    Burst(Eal eal, int capacity) {
        if (capacity < 1 || capacity > BurstNative.LONGEST) {
            throw new IllegalArgumentException(
                    "A burst cannot have a capacity of "
                            + capacity
                            + ": give 1 to "
                            + BurstNative.LONGEST
                            + ".");
        }
        this.eal = eal;
        slots = arena.allocate(ValueLayout.JAVA_LONG, capacity);
        packets = new Packet[capacity];
        for (int i = 0; i < capacity; i++) {
            packets[i] = new Packet(this, i);
        }
    }

    public int capacity() {
        return packets.length;
    }

    /// How many slots are taken, those of packets freed or moved since included: what to count to
    /// with [#packet].
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == holes;
    }

    /// The view of the packet in a slot, always the same object for a slot. Its packet changes when
    /// the burst is sent or filled.
    public Packet packet(int slot) {
        if (slot < 0 || slot >= size) {
            throw new IndexOutOfBoundsException(
                    "The burst has no packet " + slot + ": it has " + size + ".");
        }
        return packets[slot];
    }

    /// Frees every packet.
    public void clear() {
        claim.take(this);
        try {
            freeAll();
        } finally {
            claim.release();
        }
    }

    private void freeAll() {
        compact();
        if (size > 0) {
            MempoolNative.freePackets(slots.address(), size);
            size = 0;
        }
    }

    /// The address of the packet buffer in a slot.
    long mbuf(int slot) {
        long mbuf = slot < size ? slots.getAtIndex(ValueLayout.JAVA_LONG, slot) : 0;
        if (mbuf == 0) {
            throw new IllegalStateException(
                    "The packet of slot " + slot + " is gone: it was sent, moved or freed.");
        }
        return mbuf;
    }

    boolean isLive(int slot) {
        return slot < size && slots.getAtIndex(ValueLayout.JAVA_LONG, slot) != 0;
    }

    void free(int slot) {
        mbuf(slot);
        claim.take(this);
        try {
            MempoolNative.freePackets(slots.address() + (long) slot * Long.BYTES, 1);
            vacate(slot);
        } finally {
            claim.release();
        }
    }

    void move(int slot, Burst other) {
        long mbuf = mbuf(slot);
        if (other == this) {
            throw new IllegalArgumentException("A packet cannot be moved to the burst it is in.");
        }
        other.enterToAppend(1);
        try {
            other.slots.setAtIndex(ValueLayout.JAVA_LONG, other.size, mbuf);
            other.appended(1);
        } finally {
            other.leave();
        }
        vacate(slot);
    }

    private void vacate(int slot) {
        slots.setAtIndex(ValueLayout.JAVA_LONG, slot, 0);
        holes++;
    }

    /// Claims the burst to append to it at the address returned, and then to [#leave] it.
    long enterToAppend(int atLeast) {
        claim.take(this);
        compact();
        int room = room();
        if (atLeast < 1 || atLeast > room) {
            claim.release();
            throw new IllegalArgumentException(
                    "A burst of capacity %d with %d packets has no room for %d: send or free some, or ask for 1 to %d."
                            .formatted(packets.length, size, atLeast, room));
        }
        return slots.address() + (long) size * Long.BYTES;
    }

    int room() {
        return packets.length - size;
    }

    void appended(int count) {
        size += count;
    }

    /// Claims the burst to take its [#size] packets off from the address returned, and then to
    /// [#leave] it.
    long enterToTake() {
        claim.take(this);
        compact();
        return slots.address();
    }

    /// So many packets are gone, and the rest are in front.
    void taken(int count) {
        size -= count;
    }

    void leave() {
        claim.release();
    }

    /// Closes the gaps, in order.
    private void compact() {
        if (holes == 0) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            long mbuf = slots.getAtIndex(ValueLayout.JAVA_LONG, i);
            if (mbuf != 0) {
                slots.setAtIndex(ValueLayout.JAVA_LONG, kept++, mbuf);
            }
        }
        size = kept;
        holes = 0;
    }

    @Override
    public void close() {
        if (claim.shut()) {
            freeAll();
            eal.bursts.remove(this);
            arena.close();
        }
    }

    @Override
    public String toString() {
        return "The burst of capacity " + packets.length;
    }
}
