package io.patchbay.kernel.libc;

import io.patchbay.spi.net.KernelException;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/// The C library bound, with error numbers and interrupted calls seen to: a failure is a {@link
/// KernelException} that names the operation its caller had in mind.
public final class Syscalls {
    public static final LibC C = LibraryLoader.create(LibC.class).load("c");

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;
    public static final int O_TRUNC = 01000;
    public static final int O_NONBLOCK = 04000;
    public static final int O_CLOEXEC = 02000000;

    static final Runtime RUNTIME = Runtime.getRuntime(C);

    private static final int F_DUPFD_CLOEXEC = 1030;

    private Syscalls() {}

    /// The number the last call of this thread failed with.
    public static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    /// Forgets that number, before a call that may fail without one.
    public static void clearErrno() {
        LastError.setLastError(RUNTIME, 0);
    }

    /// Repeats a call that a signal interrupted; a negative result is a failure.
    public static int call(String operation, IntSupplier call) {
        return Math.toIntExact(callLong(operation, () -> call.getAsInt()));
    }

    public static long callLong(String operation, LongSupplier call) {
        while (true) {
            long result = call.getAsLong();
            if (result >= 0) {
                return result;
            }
            int errno = errno();
            if (errno != Errno.EINTR) {
                throw Errno.exception(operation, errno);
            }
        }
    }

    public static int open(String operation, String path, int flags, int mode) {
        return call(operation, () -> C.open(path, flags | O_CLOEXEC, mode));
    }

    public static int duplicate(String operation, int descriptor) {
        return call(operation, () -> C.fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    }

    /// Closes a descriptor. There is nothing to be done about a failure: close(2) frees the number
    /// even when it reports one, and must not be repeated.
    public static void close(int descriptor) {
        C.close(descriptor);
    }

    /// Sets a socket option of four octets.
    public static void option(String operation, int socket, int level, int name, int value) {
        try (Memory memory = Memory.take()) {
            memory.buffer().putInt(0, value);
            call(operation, () -> C.setsockopt(socket, level, name, memory.address(0), 4));
        }
    }

    /// The address of a direct buffer's position, which is what jnr gives.
    public static long address(ByteBuffer direct) {
        return Pointer.wrap(RUNTIME, direct).address();
    }
}
