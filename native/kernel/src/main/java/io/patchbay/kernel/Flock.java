package io.patchbay.kernel;

import io.patchbay.kernel.libc.Syscalls;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// An exclusive flock(2) on a file. Java's own file locks are fcntl(2)'s, which a holder of this
/// kind neither sees nor minds. The wait for it cannot be interrupted.
public final class Flock implements AutoCloseable {
    private static final int LOCK_EX = 2;
    private static final int OWNER_ONLY = 0600;

    private final int descriptor;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Waits for the lock; the file is created, readable by its owner alone, if it is absent.
    public static Flock lock(Path file) {
        String operation = "lock " + file;
        int flags = Syscalls.O_RDWR | Syscalls.O_CREAT;
        int descriptor = Syscalls.open(operation, file.toString(), flags, OWNER_ONLY);
        try {
            Syscalls.call(operation, () -> Syscalls.C.flock(descriptor, LOCK_EX));
            return new Flock(descriptor);
        } catch (RuntimeException e) {
            Syscalls.close(descriptor);
            throw e;
        }
    }

    /// Lets the lock go. Idempotent.
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            Syscalls.close(descriptor);
        }
    }
}
