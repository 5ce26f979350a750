package io.patchbay.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// All of the memory, for as long as EAL runs, which it does once a process: a view of it throws
/// afterwards. A constant, so that the JIT folds its bounds.
final class Memory {
    private static final Arena ARENA = Arena.ofShared();
    static final MemorySegment ALL = all();

    private Memory() {}

    @SuppressWarnings("restricted")
    private static MemorySegment all() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE, ARENA, null);
    }

    /// Waits for whoever is in the middle of an access.
    static void close() {
        ARENA.close();
    }
}
