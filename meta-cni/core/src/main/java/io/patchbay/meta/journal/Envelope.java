package io.patchbay.meta.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A record on disk, wrapped so that a torn one, or one of another kind, is known for what it is.
/// The first line is `patchbay KIND 1 crc32=XXXXXXXX length=BYTES`; the text follows, in UTF-8.
public final class Envelope {
    private static final Pattern HEADER =
            Pattern.compile("patchbay (\\S+) (\\S+) crc32=([0-9a-f]{8}) length=([0-9]{1,9})");
    private static final String VERSION = "1";

    private Envelope() {}

    /// What opening an envelope came to.
    public sealed interface Opened {}

    /// The text as it was sealed.
    public record Whole(String text) implements Opened {}

    /// No record of ours, or not all of one.
    ///
    /// @param reason what is wrong, in words that may follow the file's name
    public record TornRecord(String reason) implements Opened {}

    /// Wraps a text.
    ///
    /// @param kind one word that says what the text is
    public static byte[] seal(String kind, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] header =
                "patchbay %s %s crc32=%08x length=%d\n"
                        .formatted(kind, VERSION, crc32(body), body.length)
                        .getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, sealed, header.length, body.length);
        return sealed;
    }

    public static Opened open(String kind, byte[] sealed) {
        int end = 0;
        while (end < sealed.length && sealed[end] != '\n') {
            end++;
        }
        Matcher header = HEADER.matcher(new String(sealed, 0, end, StandardCharsets.UTF_8));
        if (end == sealed.length || !header.matches()) {
            return new TornRecord(sealed.length == 0 ? "is empty" : "has no header of Patchbay's");
        }
        if (!header.group(1).equals(kind) || !header.group(2).equals(VERSION)) {
            return new TornRecord(
                    "is a \"%s\" of version %s, not a \"%s\" of version %s"
                            .formatted(header.group(1), header.group(2), kind, VERSION));
        }
        byte[] body = Arrays.copyOfRange(sealed, end + 1, sealed.length);
        int length = Integer.parseInt(header.group(4));
        if (body.length != length) {
            return new TornRecord("holds %d bytes of %d".formatted(body.length, length));
        }
        if (!"%08x".formatted(crc32(body)).equals(header.group(3))) {
            return new TornRecord("does not match its checksum");
        }
        return new Whole(new String(body, StandardCharsets.UTF_8));
    }

    private static long crc32(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return crc.getValue();
    }
}
