package io.patchbay.kit.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is mounted where, by a process's own table. Source: proc_pid_mountinfo(5).
public final class MountState {
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    private MountState() {}

    /// @param process its directory below /proc
    public static Snapshot take(String title, Path process) {
        return new Snapshot(Map.of(title + " mounts", lines(process.resolve("mountinfo"))));
    }

    private static List<String> lines(Path table) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> line.split(" "))
                    .map(fields -> fields[ROOT] + " on " + fields[MOUNT_POINT])
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
