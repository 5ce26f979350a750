package io.patchbay.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The directory of everything that a control plane reads and writes. It is in memory where the
/// machine offers that.
record Scratch(Path root) {
    private static final Path MEMORY = Path.of("/dev/shm");

    /// With the pid, for whoever has to clean up after a JVM that was killed.
    private static final String PREFIX =
            "patchbay-cluster-%d-".formatted(ProcessHandle.current().pid());

    static Scratch create() {
        try {
            return new Scratch(
                    Files.isDirectory(MEMORY)
                            ? Files.createTempDirectory(MEMORY, PREFIX)
                            : Files.createTempDirectory(PREFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return root.resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Into a file that was not there.
    Path writeAnew(String text) {
        try {
            return Files.writeString(Files.createTempFile(root, "", ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
