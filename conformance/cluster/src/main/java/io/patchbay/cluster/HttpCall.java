package io.patchbay.cluster;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One call of HTTP/1.1 with its body, whole.
///
/// @param lines the request line and the headers
/// @param body a character for each byte
record HttpCall(List<String> lines, String body) {
    private static final String LENGTH = "content-length:";

    /// Reads from a connection that a client has just made.
    static HttpCall read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        List<String> lines =
                Arrays.asList(head.toString(StandardCharsets.ISO_8859_1).split("\r\n"));
        int length =
                lines.stream()
                        .map(line -> line.toLowerCase(Locale.ROOT))
                        .filter(line -> line.startsWith(LENGTH))
                        .mapToInt(line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
                        .findFirst()
                        .orElse(0);
        return new HttpCall(lines, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }

    /// Method and path, such as `GET /api/v1/pods?watch=1`.
    String title() {
        String line = lines.getFirst();
        return line.substring(0, line.lastIndexOf(' '));
    }

    boolean isWatch() {
        return title().contains("watch=1");
    }

    /// As it goes on, on a connection that ends with the answer.
    byte[] forwarded() {
        StringBuilder head = new StringBuilder(lines.getFirst()).append("\r\n");
        for (String line : lines.subList(1, lines.size())) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("connection:")
                    && !lower.startsWith("upgrade:")
                    && !lower.startsWith("http2-settings:")) {
                head.append(line).append("\r\n");
            }
        }
        return head.append("Connection: close\r\n\r\n")
                .append(body)
                .toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
