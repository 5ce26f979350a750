package io.patchbay.kernel.directory;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where this thread's mount namespace has something mounted. Source: proc_pid_mountinfo(5).
final class MountTable {
    private static final String FILE = "/proc/thread-self/mountinfo";
    private static final int MOUNT_POINT = 4;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private MountTable() {}

    /// The places below a path, the last mounted first; none where there is no such path.
    static List<Path> below(Path path) {
        List<Path> places = new ArrayList<>();
        try {
            Path real = path.toRealPath();
            for (String line : read().split("\n", -1)) {
                String[] fields = line.split(" ", MOUNT_POINT + 2);
                if (fields.length > MOUNT_POINT) {
                    Path place = Path.of(unescaped(fields[MOUNT_POINT]));
                    if (place.startsWith(real) && !place.equals(real)) {
                        places.addFirst(place);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing can be mounted there.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }

    /// No channel: an interrupt would close it.
    private static String read() throws IOException {
        try (FileInputStream file = new FileInputStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Space, tab, line end and backslash are written as octal numbers.
    static String unescaped(String field) {
        return OCTAL.matcher(field)
                .replaceAll(match ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(match.group(1), 8))));
    }
}
