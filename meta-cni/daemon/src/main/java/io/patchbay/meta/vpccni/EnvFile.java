package io.patchbay.meta.vpccni;

import io.patchbay.spi.cni.CniException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Lines of KEY=VALUE, as `env` prints them and as shells and Docker read them.
final class EnvFile {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)=(.*)");
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"|'(.*)'");

    private EnvFile() {}

    /// Whether the first line that is no comment is such a line.
    static boolean is(String text) {
        return text.lines()
                .filter(EnvFile::isContent)
                .findFirst()
                .filter(line -> LINE.matcher(line).matches())
                .isPresent();
    }

    /// Reads all; a line that is not KEY=VALUE is refused with its number.
    static List<Entry> read(String where, String text) {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(index -> isContent(lines.get(index)))
                .mapToObj(index -> entry(where, index + 1, lines.get(index)))
                .toList();
    }

    private static boolean isContent(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    private static Entry entry(String where, int number, String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw CniException.invalidConfig(
                    "%s, line %d: \"%s\" is not KEY=VALUE".formatted(where, number, line.strip()));
        }
        String value = parts.group(2).strip();
        Matcher quoted = QUOTED.matcher(value);
        return Entry.of(
                parts.group(1), quoted.matches() ? value.substring(1, value.length() - 1) : value);
    }
}
