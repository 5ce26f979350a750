package io.patchbay.kit.snapshot;

import io.patchbay.meta.journal.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The files below a directory by name: leases, journal, notes, spool.
public final class FileState {
    private FileState() {}

    /// Leaves out what a source of addresses keeps on purpose: host-local's lock and its memory of
    /// the last address.
    public static Snapshot take(String title, Path root) {
        return new Snapshot(Map.of(title, lines(root)));
    }

    private static List<String> lines(Path root) {
        try {
            return Disk.files(root).stream()
                    .filter(Files::isRegularFile)
                    .filter(file -> !isKept(file.getFileName().toString()))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isKept(String name) {
        return name.equals("lock") || name.startsWith("last_reserved_ip.");
    }
}
