package io.patchbay.kit.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The files below a directory by name: leases, journal, notes, spool.
public final class FileState {
    private FileState() {}

    /// Leaves out what a source of addresses keeps on purpose: host-local's lock and its memory of
    /// the last address.
    public static Snapshot take(String title, Path root) {
        return new Snapshot(Map.of(title, lines(root)));
    }

    private static List<String> lines(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
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
