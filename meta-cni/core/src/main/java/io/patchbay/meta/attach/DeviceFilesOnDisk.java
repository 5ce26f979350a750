package io.patchbay.meta.attach;

import io.patchbay.meta.journal.Disk;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Files below /run, which a reboot empties: nothing is synced.
final class DeviceFilesOnDisk implements DeviceFiles {
    private static final Set<PosixFilePermission> READABLE =
            PosixFilePermissions.fromString("rw-r--r--");

    @Override
    public Optional<byte[]> read(Path file) {
        try {
            return Disk.find(file);
        } catch (IOException e) {
            throw failure("read", file, e);
        }
    }

    @Override
    public void write(Path file, byte[] content) {
        makeRoom(file);
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            // Not a channel: an interrupt at the deadline would close it.
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(content);
            }
            Files.setPosixFilePermissions(temporary, READABLE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure("write", file, e);
        }
    }

    /// Takes along what a crash may have left of a {@link #write}.
    @Override
    public void remove(Path file) {
        try {
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".new"));
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure("remove", file, e);
        }
    }

    @Override
    public void makeRoom(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw failure("make room for", file, e);
        }
    }

    private static UncheckedIOException failure(String verb, Path file, IOException cause) {
        return new UncheckedIOException("cannot %s %s".formatted(verb, file), cause);
    }
}
