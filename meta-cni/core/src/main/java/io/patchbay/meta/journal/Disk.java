package io.patchbay.meta.journal;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Reads and writes of files that an interrupt does not break: a deadline may interrupt a request
/// at any time, and Java's channels would close under it.
public final class Disk {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Disk() {}

    public static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    /// Writes a file that must not exist yet, with mode 0600; with `sync`, its content is on the
    /// disk when this returns. What a failure leaves of it is removed.
    public static void create(Path file, byte[] content, boolean sync) throws IOException {
        Files.createFile(file, OWNER_ONLY_FILE);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(content);
            if (sync) {
                out.getFD().sync();
            }
        } catch (IOException e) {
            removeAfter(e, file);
            throw e;
        }
    }

    /// Removes a file because of a failure, onto which a second failure is suppressed.
    static void removeAfter(IOException failure, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /// Makes a directory and those above it, with mode 0700, each durable in its parent.
    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            createDirectories(parent);
            Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
            syncDirectory(parent);
        }
    }

    /// Makes the names in a directory durable.
    static void syncDirectory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
