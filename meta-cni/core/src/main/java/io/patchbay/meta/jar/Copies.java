package io.patchbay.meta.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Copies of third parties' jars in a directory of our own: whoever writes over the original takes
/// no class away from a delegate that runs.
final class Copies {
    private final Path directory;
    private int last;

    /// @param directory for the copies alone; what an earlier process left there is removed
    Copies(Path directory) throws IOException {
        this.directory = directory;
        if (Files.isDirectory(directory)) {
            removeTree(directory);
        }
    }

    private static void removeTree(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Copies an entry. A file that is no whole jar, perhaps not yet, is a ZipException; one that
    /// changes meanwhile is an IOException.
    Jar take(Entry entry) throws IOException {
        for (Path file : entry.files()) {
            requireWhole(file);
        }
        String stamp = entry.stamp();
        last++;
        Path target = directory.resolve(Integer.toString(last));
        Files.createDirectories(
                target,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        MessageDigest digest = sha256();
        List<Path> copies = new ArrayList<>();
        for (Path file : entry.files()) {
            Path copy = target.resolve(String.valueOf(file.getFileName()));
            copy(file, copy, digest);
            requireWhole(copy);
            copies.add(copy);
        }
        if (!entry.stamp().equals(stamp)) {
            throw new IOException("it is still being written");
        }
        return new Jar(entry.name(), HexFormat.of().formatHex(digest.digest()), copies);
    }

    private static void copy(Path from, Path to, MessageDigest digest) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
    }

    /// The directory of a jar is at its end, so that one with a directory has all of its entries.
    private static void requireWhole(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() == 0) {
                throw new ZipException("it is empty");
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
