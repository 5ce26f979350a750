package io.patchbay.kernel.rtnl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A captured message, or a run of them, with the command that made it. They are made by
/// src/test/golden/capture.
record Golden(String name, String command, String hex) {
    byte[] octets() {
        return HexFormat.of().parseHex(hex);
    }

    static List<Golden> requests() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".hex"))
                    .map(Golden::read)
                    .filter(golden -> !golden.name.startsWith("answer-"))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Golden of(String name) {
        return read(folder().resolve(name + ".hex"));
    }

    private static Golden read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String hex = lines.stream().skip(1).collect(Collectors.joining());
            return new Golden(
                    file.getFileName().toString().replace(".hex", ""), lines.getFirst(), hex);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Golden.class.getResource("/golden")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
