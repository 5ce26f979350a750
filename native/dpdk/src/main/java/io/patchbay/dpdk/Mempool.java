package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A pool of packet buffers, in DPDK's memory. Safe for use by many threads.
public final class Mempool implements AutoCloseable {
    private final Eal eal;
    private final String name;
    private final int count;
    private final long address;

    /// The ports that receive into it.
    private final Set<Port> users = ConcurrentHashMap.newKeySet();

    private final Claim claim = Claim.ofMany("is closed");

    private Mempool(Eal eal, String name, int count, long address) {
        this.eal = eal;
        this.name = name;
        this.count = count;
        this.address = address;
    }

    static Mempool create(
            Eal eal, String name, int count, int cache, int privateSize, int dataRoom, int socket) {
        if (count < 1 || cache < 0 || !fits(privateSize) || !fits(dataRoom)) {
            throw new IllegalArgumentException(
                    "The pool '%s' cannot have %d buffers, %d of them cached by thread, of %d + %d bytes: give a positive count, and sizes up to 65535."
                            .formatted(name, count, cache, privateSize, dataRoom));
        }
        long address = MempoolNative.create(name, count, cache, privateSize, dataRoom, socket);
        check(address, "The pool '" + name + "' of " + count + " buffers cannot be made");
        return new Mempool(eal, name, count, address);
    }

    private static boolean fits(int size) {
        return size >= 0 && size <= 0xffff;
    }

    public String name() {
        return name;
    }

    /// How many buffers it has, in use or not.
    public int count() {
        return count;
    }

    public int available() {
        claim.take(this);
        try {
            return MempoolNative.available(address);
        } finally {
            claim.release();
        }
    }

    /// How many buffers are in bursts, rings and the queues of ports: at rest, what leaked.
    public int inUse() {
        return count - available();
    }

    /// Appends `packets` empty packets to a burst: all, or none and ENOBUFS where the pool has
    /// fewer.
    public void allocate(Burst burst, int packets) {
        long slots = burst.enterToAppend(packets);
        int result;
        try {
            result = allocate(slots, packets);
            if (result >= 0) {
                burst.appended(packets);
            }
        } finally {
            burst.leave();
        }
        if (result < 0) {
            throw new DpdkException(
                    "The pool '%s' of %d buffers is drained: %d are asked for, and %d are left."
                            .formatted(name, count, packets, available()),
                    Errno.ENOBUFS);
        }
    }

    private int allocate(long slots, int packets) {
        claim.take(this);
        try {
            return MempoolNative.allocate(address, slots, packets);
        } finally {
            claim.release();
        }
    }

    /// A port is to receive into it, by the address returned.
    long use(Port port) {
        claim.take(this);
        try {
            users.add(port);
            return address;
        } finally {
            claim.release();
        }
    }

    void unuse(Port port) {
        users.remove(port);
    }

    /// Refuses with EBUSY while buffers are in use or a port receives into it. Buffers that may
    /// have been lost with a peer's memory are no hindrance: the pool's own memory stays until EAL
    /// ends.
    @Override
    public synchronized void close() {
        if (!claim.shut()) {
            return;
        }
        int used = count - MempoolNative.available(address);
        boolean lost = used > 0 && PeerMemory.buffersMayBeLost();
        if ((used > 0 && !lost) || !users.isEmpty()) {
            claim.reopen();
            throw new DpdkException(
                    users.isEmpty()
                            ? "%s is not closed while %d of its buffers are in use: free them first."
                                    .formatted(this, used)
                            : "%s is not closed while %s receive into it: close them first."
                                    .formatted(this, users),
                    Errno.EBUSY);
        }
        eal.pools.remove(this);
        if (!lost) {
            MempoolNative.free(address);
        }
    }

    /// EAL ends, and its memory with it.
    void abandon() {
        claim.shut();
    }

    @Override
    public String toString() {
        return "The pool '" + name + "'";
    }
}
