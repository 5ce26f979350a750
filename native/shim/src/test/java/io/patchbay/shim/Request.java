package io.patchbay.shim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.zip.CRC32;

/// A request frame as it came, decoded field by field from the layout in the README.
record Request(ByteBuffer header, ByteBuffer environment, ByteBuffer stdin) {

    static final int HEADER = 24;

    static Request read(ReadableByteChannel channel) throws IOException {
        ByteBuffer header = fill(channel, HEADER);
        ByteBuffer environment = fill(channel, header.getInt(12));
        ByteBuffer stdin = fill(channel, header.getInt(16));
        return new Request(header, environment, stdin);
    }

    private static ByteBuffer fill(ReadableByteChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("%d of %d bytes".formatted(bytes.position(), length));
            }
        }
        return bytes.flip();
    }

    int magic() {
        return header.getInt(0);
    }

    int version() {
        return header.getShort(4);
    }

    int flags() {
        return header.getShort(6);
    }

    int deadline() {
        return header.getInt(8);
    }

    int checksum() {
        return header.getInt(20);
    }

    int checksumOfBody() {
        CRC32 crc = new CRC32();
        crc.update(environment.duplicate());
        crc.update(stdin.duplicate());
        return (int) crc.getValue();
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    List<String> entries() {
        return List.of(UTF_8.decode(environment.duplicate()).toString().split("\0", -1));
    }
}
