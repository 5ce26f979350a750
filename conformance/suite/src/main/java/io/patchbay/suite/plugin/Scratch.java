package io.patchbay.suite.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A directory of one row's own, gone after it.
public record Scratch(Path directory) implements AutoCloseable {
    public static Scratch create() {
        try {
            return new Scratch(Files.createTempDirectory("patchbay-conformance"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// host-local's data directory.
    public Path leases() {
        return directory.resolve("leases");
    }

    /// The addresses in it, over all networks.
    public List<String> leased() {
        return leaseFiles().stream().map(file -> file.getFileName().toString()).toList();
    }

    /// Forgets all addresses, behind the plugin's back.
    public void forgetLeases() {
        leaseFiles().forEach(file -> file.toFile().delete());
    }

    /// Beside its leases, which are named as the addresses, host-local keeps a lock and the last
    /// address of each range.
    private List<Path> leaseFiles() {
        if (!Files.isDirectory(leases())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(leases())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[0-9a-f.:]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
