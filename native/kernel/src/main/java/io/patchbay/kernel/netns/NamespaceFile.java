package io.patchbay.kernel.netns;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.net.KernelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The open file of a network namespace. Sources: namespaces(7), ioctl_ns(2).
public final class NamespaceFile implements AutoCloseable {
    private static final String HOME_PATH = "/proc/self/ns/net";

    /// f_type is the first field of struct statfs, a long on every 64-bit Linux (linux/magic.h).
    private static final long NSFS_MAGIC = 0x6e736673L;

    private static final int NS_GET_NSTYPE = 0xb703;
    private static final int CLONE_NEWNET = 0x40000000;

    /// statx(2) and not fstat(2): struct statx is the same on every architecture.
    private static final int AT_EMPTY_PATH = 0x1000;

    private static final int STATX_INO = 0x100;
    private static final int STX_INO_OFFSET = 32;

    private final int descriptor;
    private final String path;
    private final long inode;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NamespaceFile(int descriptor, String path) {
        this.descriptor = descriptor;
        this.path = path;
        String operation = "open network namespace " + path;
        try {
            requireNetwork(operation);
            this.inode = readInode(operation);
        } catch (RuntimeException e) {
            Syscalls.close(descriptor);
            throw e;
        }
    }

    /// The process's own namespace, on a descriptor of its own.
    public static NamespaceFile home() {
        return new NamespaceFile(
                Syscalls.duplicate("open the process's own network namespace", Hop.HOME),
                HOME_PATH);
    }

    /// Opens a path; ENOENT when nothing is there, EINVAL when it is something else.
    public static NamespaceFile open(String path) {
        String operation = "open network namespace " + path;
        Hop.refuseVirtual(operation);
        // O_NONBLOCK: a fifo in the path's place must not hold the caller
        int flags = Syscalls.O_RDONLY | Syscalls.O_NONBLOCK;
        return new NamespaceFile(Syscalls.open(operation, path, flags, 0), path);
    }

    /// Takes a descriptor over, and closes it on failure too.
    public static NamespaceFile adopt(int descriptor, String path) {
        try {
            Hop.refuseVirtual("open network namespace " + path);
        } catch (IllegalStateException e) {
            Syscalls.close(descriptor);
            throw e;
        }
        return new NamespaceFile(descriptor, path);
    }

    public int descriptor() {
        if (closed.get()) {
            throw new IllegalStateException("the handle of " + path + " was closed");
        }
        return descriptor;
    }

    public String path() {
        return path;
    }

    public long inode() {
        return inode;
    }

    public boolean isHome() {
        return path.equals(HOME_PATH);
    }

    /// Makes something in the namespace that stays bound to it: one raw call on this thread, or,
    /// for a virtual thread, on a thread of its own. A result below 0 is a failure.
    public long make(String operation, LongSupplier raw) {
        if (Thread.currentThread().isVirtual()) {
            return inside(() -> Syscalls.callLong(operation, raw));
        }
        return Hop.call(operation, descriptor(), raw);
    }

    public int socket(String operation, int domain, int type, int protocol) {
        return (int) make(operation, () -> C.socket(domain, type, protocol));
    }

    public <T> T inside(Supplier<T> action) {
        return Hop.thread("enter network namespace " + path, descriptor(), action);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            Syscalls.close(descriptor);
        }
    }

    private void requireNetwork(String operation) {
        try (Memory memory = Memory.take()) {
            Syscalls.call(operation, () -> C.fstatfs(descriptor, memory.address(0)));
            if (memory.buffer().getLong(0) != NSFS_MAGIC
                    || C.ioctl(descriptor, NS_GET_NSTYPE, 0) != CLONE_NEWNET) {
                throw Errno.exception(
                        operation, KernelException.EINVAL, "it is not a network namespace");
            }
        }
    }

    private long readInode(String operation) {
        try (Memory memory = Memory.take()) {
            Syscalls.call(
                    operation,
                    () -> C.statx(descriptor, "", AT_EMPTY_PATH, STATX_INO, memory.address(0)));
            return memory.buffer().getLong(STX_INO_OFFSET);
        }
    }
}
