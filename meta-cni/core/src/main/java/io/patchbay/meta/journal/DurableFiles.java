package io.patchbay.meta.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The state directory on disk: directories of mode 0700, files of mode 0600. Names are relative
/// paths of any depth, whose parts the caller makes with {@link FileName}. Safe from any thread.
public final class DurableFiles implements Storage {
    private static final Logger LOG = System.getLogger(DurableFiles.class.getName());
    private static final String TEMPORARY = ".new-";
    private static final String SET_ASIDE = "set-aside";

    private final Path root;
    private final AtomicLong temporaries = new AtomicLong();

    /// Makes the directory where it is not there, and removes what writes that crashed have left.
    public DurableFiles(Path root) {
        this.root = root;
        try {
            Disk.createDirectories(root);
            removeTemporaries();
        } catch (IOException e) {
            throw failure("open", root, e);
        }
    }

    /// The plugin binary makes and renames files meanwhile.
    private void removeTemporaries() throws IOException {
        for (Path file : Disk.files(root)) {
            if (isTemporary(file)) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void write(String name, byte[] content) {
        replace(name, content, true);
    }

    @Override
    public void writeLazily(String name, byte[] content) {
        replace(name, content, false);
    }

    private void replace(String name, byte[] content, boolean sync) {
        Path file = resolve(name);
        Path directory = parent(file);
        Path temporary = directory.resolve(TEMPORARY + temporaries.incrementAndGet());
        try {
            Disk.createDirectories(directory);
            Disk.create(temporary, content, sync);
            rename(temporary, file);
            if (sync) {
                Disk.syncDirectory(directory);
            }
        } catch (IOException e) {
            throw failure("write", file, e);
        }
    }

    private static void rename(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Disk.removeAfter(e, temporary);
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        Path file = resolve(name);
        try {
            return Disk.find(file);
        } catch (IOException e) {
            throw failure("read", file, e);
        }
    }

    @Override
    public void erase(String name) {
        Path file = resolve(name);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure("erase", file, e);
        }
    }

    @Override
    public List<String> list(String directory) {
        Path listed = resolve(directory);
        try (Stream<Path> files = Files.list(listed)) {
            return files.filter(file -> Files.isRegularFile(file) && !isTemporary(file))
                    .map(file -> directory + "/" + file.getFileName())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            throw failure("list", listed, e);
        }
    }

    @Override
    public void setAside(String name, String reason) {
        Path file = resolve(name);
        Path directory = root.resolve(SET_ASIDE);
        try {
            Disk.createDirectories(directory);
            Path target = free(directory, name.replace('/', ','));
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            LOG.log(Level.WARNING, "{0} {1}: it is set aside as {2}", file, reason, target);
        } catch (NoSuchFileException e) {
            LOG.log(Level.WARNING, "{0} {1}, and is gone by now", file, reason);
        } catch (IOException e) {
            LOG.log(Level.ERROR, file + " " + reason + ", and cannot be set aside", e);
        }
    }

    private static Path free(Path directory, String name) {
        Path target = directory.resolve(name);
        for (int n = 2; Files.exists(target); n++) {
            target = directory.resolve(name + "~" + n);
        }
        return target;
    }

    private Path resolve(String name) {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root.normalize()) || file.equals(root.normalize())) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a file below " + root);
        }
        return file;
    }

    private Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? root : parent;
    }

    private static boolean isTemporary(Path file) {
        return String.valueOf(file.getFileName()).startsWith(TEMPORARY);
    }

    private static UncheckedIOException failure(String verb, Path file, Exception cause) {
        IOException reason =
                cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
        return new UncheckedIOException(
                "cannot %s %s: %s".formatted(verb, file, cause.getMessage()), reason);
    }
}
