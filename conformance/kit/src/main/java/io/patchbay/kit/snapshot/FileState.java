package io.patchbay.kit.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
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
        List<String> lines = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Lister(root, lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.stream().sorted().toList();
    }

    /// A background loop may write and erase meanwhile: what has gone when it is looked at is not
    /// there.
    private static final class Lister extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> lines;

        Lister(Path root, List<String> lines) {
            this.root = root;
            this.lines = lines;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isKept(file.getFileName().toString())) {
                lines.add(root.relativize(file).toString());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static boolean isKept(String name) {
        return name.equals("lock") || name.startsWith("last_reserved_ip.");
    }
}
