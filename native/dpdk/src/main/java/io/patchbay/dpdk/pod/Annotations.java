package io.patchbay.dpdk.pod;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The annotations of a pod in a file of a downward API volume: a line `key="value"` each, quoted
/// as Go does. Where a volume names one annotation, the file is its value. Source: Kubernetes,
/// pkg/fieldpath, and strconv.Quote of Go.
final class Annotations {
    private Annotations() {}

    static Optional<String> find(Path file, String key) {
        return PlainFile.find(file).flatMap(text -> find(file, text, key));
    }

    private static Optional<String> find(Path file, String text, String key) {
        if (text.stripLeading().startsWith("[")) {
            return Optional.of(text);
        }
        return text.lines()
                .filter(line -> line.startsWith(key + "="))
                .findFirst()
                .map(line -> unquote(file, key, line.substring(key.length() + 1)));
    }

    private static String unquote(Path file, String key, String quoted) {
        int end = quoted.length() - 1;
        if (end < 1 || quoted.charAt(0) != '"' || quoted.charAt(end) != '"') {
            throw malformed(file, key, "it is not between quotation marks");
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = 1;
        while (at < end) {
            int escape = quoted.indexOf('\\', at);
            int stop = escape < 0 ? end : Math.min(escape, end);
            octets.writeBytes(quoted.substring(at, stop).getBytes(StandardCharsets.UTF_8));
            at = stop;
            if (stop < end) {
                at = unescape(file, key, quoted.substring(0, end), stop + 1, octets);
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    /// @param at behind the backslash
    /// @return behind what it stands for
    private static int unescape(
            Path file, String key, String quoted, int at, ByteArrayOutputStream octets) {
        char kind = at < quoted.length() ? quoted.charAt(at) : ' ';
        int digits =
                switch (kind) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
        if (digits == 0) {
            int plain = "abfnrtv\\\"".indexOf(kind);
            if (plain < 0) {
                throw malformed(file, key, "\\%c is no escape sequence of it".formatted(kind));
            }
            octets.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(plain));
            return at + 1;
        }
        int end = at + 1 + digits;
        try {
            int code = Integer.parseInt(quoted, at + 1, Math.min(end, quoted.length()), 16);
            if (end > quoted.length() || code > Character.MAX_CODE_POINT) {
                throw malformed(file, key, "its escape sequence \\%c is cut off".formatted(kind));
            }
            if (kind == 'x') {
                octets.write(code);
            } else {
                octets.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
            }
            return end;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new PodException(
                    "%s, key \"%s\": its escape sequence \\%c has no hexadecimal digits"
                            .formatted(file, key, kind),
                    e);
        }
    }

    private static PodException malformed(Path file, String key, String why) {
        return new PodException("%s, key \"%s\": %s".formatted(file, key, why));
    }
}
