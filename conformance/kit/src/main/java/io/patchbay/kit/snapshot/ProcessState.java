package io.patchbay.kit.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The descriptors and threads of a process by /proc, counted by kind: sockets, namespaces, files.
public final class ProcessState {
    private ProcessState() {}

    public static Snapshot take(String title, long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        return new Snapshot(
                new TreeMap<>(
                        Map.of(
                                title + " descriptors",
                                counted(process.resolve("fd"), ProcessState::target),
                                title + " threads",
                                counted(process.resolve("task"), ProcessState::name))));
    }

    private static List<String> counted(Path directory, Function<Path, String> kind) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries
                    .map(kind)
                    .collect(Collectors.groupingBy(k -> k, TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(entry -> entry.getValue() + " × " + entry.getKey())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A link such as `socket:[123]` without its number.
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\[\\d+]", "");
        } catch (IOException e) {
            return "closed while looked at";
        }
    }

    /// A thread's name without the number of a pool's member.
    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip().replaceAll("[-#]?\\d+$", "");
        } catch (IOException e) {
            return "ended while looked at";
        }
    }
}
