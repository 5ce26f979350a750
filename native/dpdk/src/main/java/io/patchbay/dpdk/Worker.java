package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The current platform thread as one of DPDK's, which has a share of every pool's cache. Made by
/// [Eal#worker], closed by the same thread before it ends.
public final class Worker implements AutoCloseable {
    private static final int MOST_CPUS = ThreadNative.CPU_SET_BYTES * Byte.SIZE;

    private final Eal eal;
    private final Thread thread = Thread.currentThread();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment before = cpuSet();
    private final int lcore;
    private boolean open = true;

    Worker(Eal eal) {
        this.eal = eal;
        lcore = enroll();
        ThreadNative.affinity(before.address());
    }

    private int enroll() {
        try {
            if (thread.isVirtual()) {
                throw new IllegalStateException(
                        "A virtual thread cannot be a worker, since its carrier may change: use a platform thread.");
            }
            if (eal.workers.containsKey(thread)) {
                throw new IllegalStateException("This thread is a worker already.");
            }
            return check(ThreadNative.enroll(), "This thread cannot be a worker");
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private MemorySegment cpuSet() {
        return arena.allocate(ThreadNative.CPU_SET_BYTES, Long.BYTES);
    }

    /// DPDK's number for the thread.
    public int lcore() {
        return lcore;
    }

    /// Binds the thread to one CPU until the worker is closed.
    public void pin(int cpu) {
        requireThread();
        if (cpu < 0 || cpu >= MOST_CPUS) {
            throw new IllegalArgumentException(
                    "There is no CPU " + cpu + ": give 0 to " + (MOST_CPUS - 1) + ".");
        }
        MemorySegment set = cpuSet();
        long bit = 1L << cpu % Long.SIZE;
        set.setAtIndex(ValueLayout.JAVA_LONG, cpu / Long.SIZE, bit);
        check(ThreadNative.setAffinity(set.address()), "This thread cannot be bound to CPU " + cpu);
    }

    private void requireThread() {
        if (!open) {
            throw new IllegalStateException("The worker is closed.");
        }
        if (!Thread.currentThread().equals(thread)) {
            throw new IllegalStateException(
                    "The worker is of " + thread + ": only that thread can change or close it.");
        }
    }

    /// Lets the thread run where it did before.
    @Override
    public void close() {
        if (!open) {
            return;
        }
        requireThread();
        open = false;
        ThreadNative.setAffinity(before.address());
        ThreadNative.discharge();
        eal.workers.remove(thread);
        arena.close();
    }
}
