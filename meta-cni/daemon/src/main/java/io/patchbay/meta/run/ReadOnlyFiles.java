package io.patchbay.meta.run;

import io.patchbay.meta.journal.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The state directory for those who only look, while the daemon may be at work on it.
record ReadOnlyFiles(Path root) implements Storage {
    private static final Logger LOG = System.getLogger(ReadOnlyFiles.class.getName());

    @Override
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> list(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .map(name -> directory + "/" + name)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void setAside(String name, String reason) {
        LOG.log(Level.WARNING, "{0} {1}: left out", root.resolve(name), reason);
    }

    @Override
    public void write(String name, byte[] content) {
        throw new UnsupportedOperationException("only the daemon writes");
    }

    @Override
    public void writeLazily(String name, byte[] content) {
        throw new UnsupportedOperationException("only the daemon writes");
    }

    @Override
    public void erase(String name) {
        throw new UnsupportedOperationException("only the daemon writes");
    }
}
