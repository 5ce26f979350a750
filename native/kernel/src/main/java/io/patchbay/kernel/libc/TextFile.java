package io.patchbay.kernel.libc;

import java.nio.charset.StandardCharsets;

/// A file of a few words that the kernel makes up, as those below /proc/sys and /sys are: read by
/// one read(2), and written by one write(2), which is what the kernel refuses or takes.
public final class TextFile {
    private TextFile() {}

    /// The words without the line end.
    public static String read(String operation, String path) {
        int file = Syscalls.open(operation, path, Syscalls.O_RDONLY, 0);
        try (Memory memory = Memory.take()) {
            long count =
                    Syscalls.callLong(
                            operation, () -> Syscalls.C.read(file, memory.address(0), Memory.SIZE));
            byte[] octets = new byte[(int) count];
            memory.buffer().get(0, octets);
            return new String(octets, StandardCharsets.UTF_8).stripTrailing();
        } finally {
            Syscalls.close(file);
        }
    }

    /// @return true, so that it can be the result of an action
    public static boolean write(String operation, String path, String value) {
        // The kernel's own files have nothing to cut off; those that stand in for them do.
        int flags = Syscalls.O_WRONLY | Syscalls.O_TRUNC;
        int file = Syscalls.open(operation, path, flags, 0);
        try (Memory memory = Memory.take()) {
            byte[] octets = value.getBytes(StandardCharsets.UTF_8);
            memory.buffer().put(0, octets);
            Syscalls.callLong(
                    operation, () -> Syscalls.C.write(file, memory.address(0), octets.length));
            return true;
        } finally {
            Syscalls.close(file);
        }
    }
}
