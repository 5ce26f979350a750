package io.patchbay.kernel.pci;

import io.patchbay.kernel.libc.TextFile;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Files and links of sysfs, any of which may vanish while one looks.
final class Sysfs {
    private Sysfs() {}

    /// Empty where the file is not there, or its device went while it was read.
    static Optional<String> find(Path file) {
        try {
            return Optional.of(TextFile.read("read " + file, file.toString()));
        } catch (KernelException e) {
            if (e.isAbsent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static Optional<Integer> findNumber(Path file) {
        return find(file).map(text -> number(file, text));
    }

    private static int number(Path file, String text) {
        try {
            return Integer.decode(text);
        } catch (NumberFormatException e) {
            throw new KernelException(
                    "read " + file, KernelException.EINVAL, "\"" + text + "\" is no number");
        }
    }

    /// The last name of what a link points to.
    static Optional<String> findTarget(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names in a directory, in their order; none where it is not there.
    static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(names);
        return names;
    }
}
