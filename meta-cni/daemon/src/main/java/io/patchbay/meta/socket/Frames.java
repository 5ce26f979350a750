package io.patchbay.meta.socket;

import io.patchbay.meta.cni.CniReply;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/// The frames between the plugin binary and the daemon, version 1; all numbers are big endian.
/// Everything that is no such frame is code 5. The other end is native/shim, or {@link Client}.
///
/// ```
/// request  0        4         6       8          12        16          20       24
///          +--------+---------+-------+----------+---------+-----------+--------+-----+-------+
///          | PBAY   | u16     | u16   | u32      | u32     | u32       | u32    | env | stdin |
///          |        | version | flags | deadline | length  | length    | CRC-32 |     |       |
///          |        |         |       | in ms    | of env  | of stdin  |        |     |       |
///          +--------+---------+-------+----------+---------+-----------+--------+-----+-------+
/// reply    0        4         6        8        12       16
///          +--------+---------+--------+--------+--------+------+
///          | PBAR   | u16     | u16    | u32    | u32    | body |
///          |        | version | exit   | length | CRC-32 |      |
///          +--------+---------+--------+--------+--------+------+
/// ```
///
/// The environment is a row of `KEY=VALUE\0`. The checksums are of what follows the header.
final class Frames {
    static final int REQUEST_HEADER = 24;
    static final int REPLY_HEADER = 16;
    static final int MOST_ENVIRONMENT = 64 << 10;
    static final int MOST_STDIN = 4 << 20;
    static final int MOST_REPLY = 16 << 20;

    private static final int REQUEST = 0x50424159;
    private static final int REPLY = 0x50424152;
    private static final int VERSION = 1;
    private static final int WITH_DESCRIPTOR = 1;

    private Frames() {}

    /// @param descriptor whether an open namespace comes along
    /// @param patience how long the plugin binary waits for the answer; zero where it does not say
    record Header(boolean descriptor, Duration patience, int environment, int stdin, int checksum) {
        int body() {
            return environment + stdin;
        }
    }

    /// What a frame carries.
    record Payload(Map<String, String> environment, ByteBuffer stdin) {
        byte[] stdinBytes() {
            byte[] bytes = new byte[stdin.remaining()];
            stdin.duplicate().get(bytes);
            return bytes;
        }
    }

    /// Reads the 24 octets at the buffer's position.
    static Header header(ByteBuffer octets) {
        int magic = octets.getInt();
        int version = Short.toUnsignedInt(octets.getShort());
        int flags = Short.toUnsignedInt(octets.getShort());
        long patience = Integer.toUnsignedLong(octets.getInt());
        long environment = Integer.toUnsignedLong(octets.getInt());
        long stdin = Integer.toUnsignedLong(octets.getInt());
        int checksum = octets.getInt();
        if (magic != REQUEST) {
            throw malformed(
                    "it begins with 0x%08x, not with 0x%08x: only Patchbay's plugin binary can talk here"
                            .formatted(magic, REQUEST));
        }
        if (version != VERSION) {
            throw malformed(
                    "its version is %d, and this daemon reads version %d: install the plugin binary that came with the daemon"
                            .formatted(version, VERSION));
        }
        if ((flags & ~WITH_DESCRIPTOR) != 0) {
            throw malformed("its flags are 0x%x, of which only 0x1 is known".formatted(flags));
        }
        requireAtMost("environment", environment, MOST_ENVIRONMENT);
        requireAtMost("stdin", stdin, MOST_STDIN);
        return new Header(
                flags == WITH_DESCRIPTOR,
                Duration.ofMillis(patience),
                (int) environment,
                (int) stdin,
                checksum);
    }

    private static void requireAtMost(String what, long length, int most) {
        if (length > most) {
            throw malformed(
                    "its %s has %d octets, and the limit is %d".formatted(what, length, most));
        }
    }

    /// Reads what follows a header, whole.
    static Payload payload(Header header, byte[] body) {
        requireChecksum(header.checksum(), body);
        return new Payload(
                environment(ByteBuffer.wrap(body, 0, header.environment())),
                ByteBuffer.wrap(body, header.environment(), header.stdin()).slice());
    }

    /// Reads a file that is one request frame and nothing else.
    static Payload file(byte[] content) {
        if (content.length < REQUEST_HEADER) {
            throw malformed("it ends after %d octets".formatted(content.length));
        }
        Header header = header(ByteBuffer.wrap(content));
        if (content.length != REQUEST_HEADER + header.body()) {
            throw malformed(
                    "it has %d octets, and its header says %d"
                            .formatted(content.length, REQUEST_HEADER + header.body()));
        }
        return payload(header, Arrays.copyOfRange(content, REQUEST_HEADER, content.length));
    }

    private static Map<String, String> environment(ByteBuffer octets) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException e) {
            throw malformed("its environment is no UTF-8");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            int end = text.indexOf('\0', at);
            if (end < 0 || equals <= at || equals > end) {
                throw malformed(
                        "its environment is no row of KEY=VALUE\\0 at character %d".formatted(at));
            }
            // As getenv(3): the first of two counts.
            environment.putIfAbsent(text.substring(at, equals), text.substring(equals + 1, end));
            at = end + 1;
        }
        return environment;
    }

    static ByteBuffer reply(CniReply reply) {
        byte[] body = reply.body();
        return ByteBuffer.allocate(REPLY_HEADER + body.length)
                .putInt(REPLY)
                .putShort((short) VERSION)
                .putShort((short) reply.status())
                .putInt(body.length)
                .putInt(checksum(body))
                .put(body)
                .flip();
    }

    /// A request without a descriptor.
    static ByteBuffer request(Map<String, String> environment, Duration patience) {
        StringBuilder row = new StringBuilder();
        environment.forEach((key, value) -> row.append(key).append('=').append(value).append('\0'));
        byte[] body = row.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(REQUEST_HEADER + body.length)
                .putInt(REQUEST)
                .putShort((short) VERSION)
                .putShort((short) 0)
                .putInt(Math.toIntExact(patience.toMillis()))
                .putInt(body.length)
                .putInt(0)
                .putInt(checksum(body))
                .put(body)
                .flip();
    }

    /// @param status the exit status of the call
    record ReplyHeader(int status, int length, int checksum) {}

    /// Reads the 16 octets at the buffer's position.
    static ReplyHeader replyHeader(ByteBuffer octets) {
        int magic = octets.getInt();
        int version = Short.toUnsignedInt(octets.getShort());
        int status = Short.toUnsignedInt(octets.getShort());
        long length = Integer.toUnsignedLong(octets.getInt());
        int checksum = octets.getInt();
        if (magic != REPLY || version != VERSION) {
            throw malformed(
                    "a reply begins with 0x%08x and version %d, not with 0x%08x and version %d: use the command that came with the daemon"
                            .formatted(magic, version, REPLY, VERSION));
        }
        requireAtMost("reply", length, MOST_REPLY);
        return new ReplyHeader(status, (int) length, checksum);
    }

    /// Reads what follows a reply's header, whole.
    static CniReply reply(ReplyHeader header, byte[] body) {
        requireChecksum(header.checksum(), body);
        return CniReply.of(header.status(), new String(body, StandardCharsets.UTF_8));
    }

    private static int checksum(byte[] body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return (int) checksum.getValue();
    }

    private static void requireChecksum(int told, byte[] body) {
        int found = checksum(body);
        if (found != told) {
            throw malformed(
                    "its checksum is 0x%08x, but that of its content is 0x%08x"
                            .formatted(told, found));
        }
    }

    static CniException malformed(String reason) {
        return new CniException(Standard.IO_FAILURE, "a frame cannot be read: " + reason);
    }
}
