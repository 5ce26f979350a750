package io.patchbay.kernel.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/// A message of vhost-user, in the machine's byte order. Source: QEMU, docs/interop/vhost-user.rst.
///
/// ```
///  0         4       8      12
///  +---------+-------+------+---------
///  | u32     | u32   | u32  | payload
///  | request | flags | size |
///  +---------+-------+------+---------
/// ```
///
/// @param payload the number that it carries; 0 where it carries none
record VhostUserMessage(int request, int flags, long payload) {
    static final int GET_FEATURES = 1;
    static final int GET_PROTOCOL_FEATURES = 15;
    static final int GET_QUEUE_NUM = 17;

    private static final int VERSION = 1;
    private static final int VERSION_MASK = 3;
    private static final int REPLY = 4;
    private static final int HEADER = 12;

    /// More than any message has that does not carry a log or a device's configuration.
    private static final int MAX_SIZE = 4096;

    /// What came is no message of vhost-user.
    static final class Garbage extends IOException {
        private static final long serialVersionUID = 1;

        Garbage(String message) {
            super(message);
        }
    }

    boolean isReply() {
        return (flags & REPLY) != 0;
    }

    /// Asks by a request that has no payload.
    static void ask(SocketChannel channel, int request) throws IOException {
        ByteBuffer message = buffer(HEADER);
        message.putInt(request).putInt(VERSION).putInt(0).flip();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    static VhostUserMessage receive(SocketChannel channel) throws IOException {
        ByteBuffer header = filled(channel, HEADER);
        int request = header.getInt();
        int flags = header.getInt();
        int size = header.getInt();
        if ((flags & VERSION_MASK) != VERSION || size < 0 || size > MAX_SIZE) {
            throw new Garbage(
                    "request %d, flags 0x%x, size %d"
                            .formatted(request, flags, Integer.toUnsignedLong(size)));
        }
        ByteBuffer payload = filled(channel, size);
        return new VhostUserMessage(request, flags, size >= Long.BYTES ? payload.getLong() : 0);
    }

    private static ByteBuffer filled(SocketChannel channel, int size) throws IOException {
        ByteBuffer buffer = buffer(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
