package io.patchbay.kernel.directory;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.net.KernelException;
import java.util.List;

/// Empties a directory, however deep somebody made it: what is in a directory of it comes up one
/// level, so that no more than two are ever open.
///
/// @param top what is to be empty at the end
record Removal(String operation, OpenDirectory top) {
    static final int AT_REMOVEDIR = 0x200;

    /// More rounds than a directory can have levels that was made by hand; who fills it as fast as
    /// it is emptied must be ended first.
    private static final int ROUNDS = 100_000;

    void run() {
        int moved = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> names = top.names();
            if (names.isEmpty()) {
                return;
            }
            for (byte[] octets : names) {
                try (Name name = Name.of(octets)) {
                    moved = remove(name, moved);
                }
            }
        }
        throw Errno.exception(operation, KernelException.ENOTEMPTY);
    }

    private int remove(Name name, int moved) {
        if (isFileRemoved(top, name)) {
            return moved;
        }
        int next = moved;
        try (OpenDirectory child = top.childOfThisMount(name)) {
            for (byte[] octets : child.names()) {
                try (Name inner = Name.of(octets)) {
                    if (!isFileRemoved(child, inner)) {
                        next = lift(child, inner, next);
                    }
                }
            }
        }
        Syscalls.call(operation, () -> C.unlinkat(top.descriptor(), name.address(), AT_REMOVEDIR));
        return next;
    }

    /// False for a directory; what is not there any more is removed.
    private boolean isFileRemoved(OpenDirectory from, Name name) {
        if (C.unlinkat(from.descriptor(), name.address(), 0) == 0) {
            return true;
        }
        int errno = Syscalls.errno();
        if (errno == Errno.EISDIR) {
            return false;
        }
        if (errno == KernelException.ENOENT) {
            return true;
        }
        throw Errno.exception(operation, errno);
    }

    private int lift(OpenDirectory child, Name inner, int moved) {
        for (int next = moved; ; next++) {
            try (Name free = Name.of(".removed-" + next)) {
                int result =
                        C.renameat(
                                child.descriptor(),
                                inner.address(),
                                top.descriptor(),
                                free.address());
                int errno = result == 0 ? 0 : Syscalls.errno();
                if (errno == 0) {
                    return next + 1;
                }
                boolean taken =
                        errno == KernelException.EEXIST
                                || errno == KernelException.ENOTEMPTY
                                || errno == KernelException.ENOTDIR;
                if (!taken) {
                    throw Errno.exception(operation, errno);
                }
            }
        }
    }
}
