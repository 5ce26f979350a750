package io.patchbay.kernel.netlink;

import io.patchbay.kernel.libc.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes netlink messages one behind the other. A message is begun, then its fixed part is put,
/// then its attributes; the next `begin`, or `finish`, ends it. Messages are numbered upwards from
/// the sequence number the writer was made with.
///
/// ```
///  0        2       4
///  +--------+-------+---------+------------
///  | u16    | u16   | value   | padding to a multiple of 4
///  | length | type  |         | (not counted in the length)
///  +--------+-------+---------+------------   struct nlattr
/// ```
public final class MessageWriter implements AutoCloseable {
    private static final int ATTRIBUTE_HEADER = 4;

    private final int firstSequence;
    private Memory memory = Memory.take();
    private int start;
    private int count;

    public MessageWriter(int firstSequence) {
        this.firstSequence = firstSequence;
    }

    public MessageWriter begin(int type, int flags) {
        end();
        start = room(Nlm.HEADER).position();
        memory.buffer()
                .putInt(0)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(firstSequence + count++)
                .putInt(0);
        return this;
    }

    public MessageWriter putU8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public MessageWriter putU16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public MessageWriter putU32(int value) {
        room(4).putInt(value);
        return this;
    }

    public MessageWriter u8(int type, int value) {
        return bytes(type, (byte) value);
    }

    public MessageWriter u16(int type, int value) {
        attribute(type, 2).putShort((short) value);
        return pad();
    }

    /// A number in network order, as the kernel's __be16 attributes are.
    public MessageWriter u16BigEndian(int type, int value) {
        return bytes(type, (byte) (value >> 8), (byte) value);
    }

    public MessageWriter u32(int type, int value) {
        attribute(type, 4).putInt(value);
        return this;
    }

    public MessageWriter string(int type, String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        attribute(type, octets.length + 1).put(octets).put((byte) 0);
        return pad();
    }

    public MessageWriter bytes(int type, byte... value) {
        attribute(type, value.length).put(value);
        return pad();
    }

    public MessageWriter bytes(int type, ByteBuffer value) {
        attribute(type, value.remaining()).put(value.duplicate());
        return pad();
    }

    /// An attribute whose value is what the body writes.
    public MessageWriter nest(int type, Runnable body) {
        int at = room(ATTRIBUTE_HEADER).position();
        attribute(type, 0);
        body.run();
        memory.buffer().putShort(at, (short) (memory.buffer().position() - at));
        return this;
    }

    /// How many messages were begun.
    public int count() {
        return count;
    }

    /// Ends the last message.
    ///
    /// @return all of them, from 0 to the limit
    public ByteBuffer finish() {
        end();
        return memory.buffer().duplicate().order(memory.buffer().order()).flip();
    }

    long address() {
        return memory.address(0);
    }

    private void end() {
        if (count > 0) {
            memory.buffer().putInt(start, memory.buffer().position() - start);
        }
    }

    private ByteBuffer attribute(int type, int length) {
        int whole = ATTRIBUTE_HEADER + length;
        if (whole > 0xFFFF) {
            throw new IllegalArgumentException(
                    "attribute " + type + " cannot hold " + length + " octets: 65531 is the most");
        }
        return room(Nlm.align(whole)).putShort((short) whole).putShort((short) type);
    }

    private MessageWriter pad() {
        while ((memory.buffer().position() & 3) != 0) {
            memory.buffer().put((byte) 0);
        }
        return this;
    }

    private ByteBuffer room(int octets) {
        if (memory.buffer().remaining() < octets) {
            memory = memory.grown(2 * (memory.buffer().capacity() + octets));
        }
        return memory.buffer();
    }

    @Override
    public void close() {
        memory.close();
    }
}
