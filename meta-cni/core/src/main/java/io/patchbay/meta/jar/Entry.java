package io.patchbay.meta.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What lies in a directory of delegates under one name: a jar, or a directory of jars. Names with
/// a dot in front are what somebody is still writing.
///
/// @param files its jars, by name
record Entry(Path path, List<Path> files) {
    private static final String JAR = ".jar";

    /// The entries of a directory, by name; none where there is no such directory.
    static List<Entry> list(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path path : visible(directory)) {
            find(path).ifPresent(entries::add);
        }
        return entries;
    }

    private static Optional<Entry> find(Path path) throws IOException {
        if (isJar(path)) {
            return Optional.of(new Entry(path, List.of(path)));
        }
        List<Path> jars =
                Files.isDirectory(path)
                        ? visible(path).stream().filter(Entry::isJar).toList()
                        : List.of();
        return jars.isEmpty() ? Optional.empty() : Optional.of(new Entry(path, jars));
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(JAR) && Files.isRegularFile(path);
    }

    private static List<Path> visible(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /// Another one when a file was changed, as far as that shows without reading it.
    String stamp() throws IOException {
        StringBuilder stamp = new StringBuilder();
        for (Path file : files) {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            stamp.append(file.getFileName())
                    .append(' ')
                    .append(now.size())
                    .append(' ')
                    .append(now.lastModifiedTime())
                    .append(' ')
                    .append(now.fileKey())
                    .append('\n');
        }
        return stamp.toString();
    }
}
