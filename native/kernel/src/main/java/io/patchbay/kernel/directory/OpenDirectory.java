package io.patchbay.kernel.directory;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.Directory.Access;
import io.patchbay.spi.device.Directory.Identity;
import io.patchbay.spi.net.KernelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A directory held open: what is done to it is done to this one, whatever its name is by now.
/// Sources: openat2(2), statx(2), getdents64(2), linux/openat2.h, linux/stat.h.
final class OpenDirectory implements AutoCloseable {
    private static final int OPENAT2 = 437;
    private static final int O_PATH = 010000000;
    private static final int RESOLVE_NO_XDEV = 0x01;
    private static final int RESOLVE_NO_SYMLINKS = 0x04;
    private static final int RESOLVE_BENEATH = 0x08;

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;
    private static final int FILE_TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int PERMISSIONS = 07777;

    private static final String LABEL = "security.selinux";
    private static final int LABEL_SIZE = 4096;
    private static final int ENTRY_HEADER = 19;

    private final int descriptor;
    private final String operation;

    private OpenDirectory(int descriptor, String operation) {
        this.descriptor = descriptor;
        this.operation = operation;
    }

    /// Opens a path as any process would.
    static OpenDirectory open(String operation, Path path) {
        return checked(
                operation,
                Syscalls.open(operation, path.toString(), Syscalls.O_RDONLY | O_PATH, 0));
    }

    /// Opens a name in this directory: ELOOP for a symbolic link, ENOTDIR for another file.
    OpenDirectory child(Name name) {
        return child(name, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
    }

    /// As {@link #child(Name)}, and EXDEV where something is mounted.
    OpenDirectory childOfThisMount(Name name) {
        return child(name, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
    }

    private OpenDirectory child(Name name, int resolve) {
        try (Memory how = Memory.take()) {
            how.buffer()
                    .putLong(0, O_PATH | Syscalls.O_CLOEXEC)
                    .putLong(Long.BYTES, 0)
                    .putLong(2 * Long.BYTES, resolve);
            long opened =
                    Syscalls.callLong(
                            operation,
                            () ->
                                    C.syscall(
                                            OPENAT2,
                                            descriptor,
                                            name.address(),
                                            how.address(0),
                                            3 * Long.BYTES));
            return checked(operation, (int) opened);
        }
    }

    /// What is there may be a device or a pipe: it is opened for use once it is known to be
    /// neither.
    private static OpenDirectory checked(String operation, int handle) {
        try {
            boolean directory =
                    statx(operation, handle, stat -> (stat.getShort(28) & FILE_TYPE) == DIRECTORY);
            if (!directory) {
                throw Errno.exception(operation, KernelException.ENOTDIR);
            }
            int opened =
                    Syscalls.call(
                            operation,
                            () -> C.openat(handle, ".", Syscalls.O_RDONLY | Syscalls.O_CLOEXEC, 0));
            return new OpenDirectory(opened, operation);
        } finally {
            Syscalls.close(handle);
        }
    }

    int descriptor() {
        return descriptor;
    }

    /// The directory itself for calls that take a path.
    String path() {
        return "/proc/self/fd/" + descriptor;
    }

    Directory look() {
        Optional<String> label = label();
        return statx(
                operation,
                descriptor,
                stat -> {
                    long major = Integer.toUnsignedLong(stat.getInt(136));
                    long minor = Integer.toUnsignedLong(stat.getInt(140));
                    return new Directory(
                            new Identity(major << Integer.SIZE | minor, stat.getLong(32)),
                            new Access(
                                    stat.getShort(28) & PERMISSIONS,
                                    stat.getInt(20),
                                    stat.getInt(24),
                                    label),
                            (stat.getLong(8) & STATX_ATTR_MOUNT_ROOT) != 0);
                });
    }

    private static <T> T statx(String operation, int file, Function<ByteBuffer, T> read) {
        try (Memory memory = Memory.take()) {
            Syscalls.call(
                    operation,
                    () -> C.statx(file, "", AT_EMPTY_PATH, STATX_BASIC_STATS, memory.address(0)));
            return read.apply(memory.buffer());
        }
    }

    private Optional<String> label() {
        try (Memory memory = Memory.take()) {
            long size = C.fgetxattr(descriptor, LABEL, memory.address(0), LABEL_SIZE);
            if (size < 0) {
                int errno = Syscalls.errno();
                if (errno == Errno.ENODATA || errno == KernelException.EOPNOTSUPP) {
                    return Optional.empty();
                }
                throw Errno.exception(operation, errno);
            }
            byte[] octets = new byte[(int) size];
            memory.buffer().get(0, octets);
            String text = new String(octets, StandardCharsets.UTF_8);
            return Optional.of(text.replace("\0", "")).filter(some -> !some.isEmpty());
        }
    }

    void setAccess(Access access) {
        // The owner first: changing it takes the bits of setuid and setgid away.
        Syscalls.call(operation, () -> C.fchown(descriptor, access.uid(), access.gid()));
        Syscalls.call(operation, () -> C.fchmod(descriptor, access.mode()));
        access.label().ifPresent(this::setLabel);
    }

    private void setLabel(String label) {
        try (Memory memory = Memory.take()) {
            byte[] octets = label.getBytes(StandardCharsets.UTF_8);
            memory.buffer().put(0, octets).put(octets.length, (byte) 0);
            int size = octets.length + 1;
            Syscalls.call(
                    operation, () -> C.fsetxattr(descriptor, LABEL, memory.address(0), size, 0));
        }
    }

    /// The names in it, without `.` and `..`, as far as they were there throughout.
    List<byte[]> names() {
        List<byte[]> names = new ArrayList<>();
        int again =
                Syscalls.call(
                        operation,
                        () -> C.openat(descriptor, ".", Syscalls.O_RDONLY | Syscalls.O_CLOEXEC, 0));
        try (Memory memory = Memory.take()) {
            while (true) {
                long size =
                        Syscalls.callLong(
                                operation,
                                () -> C.getdents64(again, memory.address(0), Memory.SIZE));
                if (size == 0) {
                    return names;
                }
                read(memory.buffer(), (int) size, names);
            }
        } finally {
            Syscalls.close(again);
        }
    }

    private static void read(ByteBuffer entries, int size, List<byte[]> names) {
        int at = 0;
        while (at < size) {
            int start = at + ENTRY_HEADER;
            int end = start;
            while (entries.get(end) != 0) {
                end++;
            }
            byte[] name = new byte[end - start];
            entries.get(start, name);
            String text = new String(name, StandardCharsets.ISO_8859_1);
            if (!text.equals(".") && !text.equals("..")) {
                names.add(name);
            }
            at += Short.toUnsignedInt(entries.getShort(at + 16));
        }
    }

    @Override
    public void close() {
        Syscalls.close(descriptor);
    }
}
