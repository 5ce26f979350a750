package io.patchbay.kit.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The descriptors and threads of a process by /proc, counted by kind: sockets, namespaces, files.
///
/// @param pid of the process
/// @param counts by kind, such as `descriptor socket:`
public record ProcessState(long pid, Map<String, Long> counts) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE = 10_000_000;

    public static ProcessState take(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        Map<String, Long> counts = new TreeMap<>();
        counts.putAll(counted(process.resolve("fd"), ProcessState::target));
        counts.putAll(counted(process.resolve("task"), ProcessState::name));
        return new ProcessState(pid, counts);
    }

    /// What the process has more of by now. It may have it for a while, as connections and threads
    /// end after what they were for; what it still has after a minute is a leak.
    public List<String> leaks() {
        long end = System.nanoTime() + LIMIT.toNanos();
        List<String> more = take(pid).moreThan(this);
        while (!more.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE);
            more = take(pid).moreThan(this);
        }
        return more;
    }

    private List<String> moreThan(ProcessState before) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > before.counts.getOrDefault(entry.getKey(), 0L))
                .map(entry ->
                        "%s: %d, and %d before"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue(),
                                        before.counts.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private static Map<String, Long> counted(
            Path directory, Function<Path, Optional<String>> kind) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(kind)
                    .flatMap(Optional::stream)
                    .collect(Collectors.groupingBy(k -> k, Collectors.counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A link such as `socket:[123]` without its number; empty where it was closed meanwhile.
    private static Optional<String> target(Path descriptor) {
        try {
            String link = Files.readSymbolicLink(descriptor).toString();
            return Optional.of("descriptor " + link.replaceAll("\\[\\d+]", ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A thread's name without the number of a pool's member; empty where it ended meanwhile.
    private static Optional<String> name(Path task) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            return Optional.of("thread " + name.replaceAll("[-#]?\\d+$", ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
