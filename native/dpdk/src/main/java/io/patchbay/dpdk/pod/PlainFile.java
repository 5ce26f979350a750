package io.patchbay.dpdk.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files and directories that may be absent.
final class PlainFile {
    private PlainFile() {}

    /// The words without the line end; empty where there is no such file.
    static Optional<String> find(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(text(Files.readAllBytes(file)).stripTrailing())
                    : Optional.empty();
        } catch (IOException e) {
            throw new PodException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /// The names in a directory, sorted; none where there is no such directory.
    static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            List<String> names = new ArrayList<>();
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
            return names.stream().sorted().toList();
        } catch (IOException e) {
            throw new PodException("cannot list %s: %s".formatted(directory, e), e);
        }
    }

    /// The last name of what a symbolic link points to, which need not be there.
    static Optional<String> target(Path link) {
        if (!Files.isSymbolicLink(link) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Files.readSymbolicLink(link).getFileName())
                    .map(Path::toString);
        } catch (IOException e) {
            throw new PodException("cannot read the link %s: %s".formatted(link, e), e);
        }
    }

    static int number(Path file, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new PodException(
                    "%s says \"%s\", and a number is expected".formatted(file, text), e);
        }
    }

    static long longNumber(Path file, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new PodException(
                    "%s says \"%s\", and a number is expected".formatted(file, text), e);
        }
    }
}
