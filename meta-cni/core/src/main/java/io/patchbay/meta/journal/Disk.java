package io.patchbay.meta.journal;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads and writes of files that an interrupt does not break: a deadline may interrupt a request
/// at any time, and Java's channels would close under it.
public final class Disk {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<StandardOpenOption> OVER =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    private Disk() {}

    public static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    /// As {@link #read}, but empty where there is no such file.
    public static Optional<byte[]> find(Path file) throws IOException {
        try {
            return Optional.of(read(file));
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// What is below a directory and no directory itself; none where there is no such directory.
    /// What goes while it is looked at is not there.
    public static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }
                });
        return files;
    }

    /// Work on a channel, which can be begun again after an interrupt closed the channel.
    private interface OnChannel {
        void run() throws IOException;
    }

    /// Writes a file that must not exist yet, with mode 0600; with `sync`, its content is on the
    /// disk when this returns. What a failure leaves of it is removed.
    public static void create(Path file, byte[] content, boolean sync) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, NEW, OWNER_ONLY_FILE)) {
                write(channel, content, sync);
            } catch (FileAlreadyExistsException e) {
                throw e;
            } catch (IOException e) {
                removeAfter(e, file);
                throw e;
            }
        });
    }

    private static void write(FileChannel channel, byte[] content, boolean sync)
            throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        if (sync) {
            channel.force(true);
        }
    }

    /// Writes over a file that may exist, in place: a crash may leave a mixture of old and new.
    public static void overwrite(Path file, byte[] content) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, OVER, OWNER_ONLY_FILE)) {
                write(channel, content, false);
                channel.truncate(content.length);
            }
        });
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
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
    }

    private static void uninterrupted(OnChannel work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    work.run();
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
