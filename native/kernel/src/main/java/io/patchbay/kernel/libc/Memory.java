package io.patchbay.kernel.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedQueue;
import jnr.ffi.Pointer;

/// A block of memory outside the heap, in the machine's byte order, with an address for the kernel.
/// Blocks of the usual size are taken from a pool and go back on close; the pool grows to as many
/// as were ever in use at once. Not safe for use by two threads.
public final class Memory implements AutoCloseable {
    /// The kernel fills a dump up to 32 KiB at a time (netlink_dump in net/netlink/af_netlink.c).
    public static final int SIZE = 32 * 1024;

    private static final ConcurrentLinkedQueue<Memory> POOL = new ConcurrentLinkedQueue<>();

    private final ByteBuffer buffer;
    private final long address;
    private boolean taken = true;

    private Memory(int size) {
        buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = Pointer.wrap(Syscalls.RUNTIME, buffer).address();
    }

    /// A block of {@link #SIZE}; its content is whatever it was last used for.
    public static Memory take() {
        Memory pooled = POOL.poll();
        return pooled == null ? new Memory(SIZE) : pooled.cleared();
    }

    /// A block of another size, which no pool keeps.
    public static Memory of(int size) {
        return new Memory(size);
    }

    /// A block of its own with the content of this one up to its position; this one is given back.
    public Memory grown(int size) {
        Memory larger = new Memory(size);
        larger.buffer.put(buffer.flip());
        close();
        return larger;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public long address(int offset) {
        return address + offset;
    }

    private Memory cleared() {
        buffer.clear();
        taken = true;
        return this;
    }

    @Override
    public void close() {
        if (taken && buffer.capacity() == SIZE) {
            taken = false;
            POOL.add(this);
        }
    }
}
