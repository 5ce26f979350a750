package io.patchbay.kernel.netns;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Syscalls;
import java.nio.file.Path;
import java.util.function.Supplier;

/// A mount namespace that somebody holds. A thread of this process enters one for good, and only
/// once it has a working directory of its own. Source: setns(2).
///
/// @param file such as `/proc/1/ns/mnt`
public record MountNamespace(Path file) {
    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x20000;

    /// Runs an action on a thread of its own in the namespace.
    public <T> T inside(Supplier<T> action) {
        String operation = "enter mount namespace " + file;
        return Hop.thread(
                operation,
                () -> {
                    enter(operation);
                    return action.get();
                });
    }

    private void enter(String operation) {
        int namespace = Syscalls.open(operation, file.toString(), Syscalls.O_RDONLY, 0);
        try {
            if (C.unshare(CLONE_FS) != 0 || C.setns(namespace, CLONE_NEWNS) != 0) {
                throw Errno.exception(operation, Syscalls.errno());
            }
        } finally {
            Syscalls.close(namespace);
        }
    }
}
