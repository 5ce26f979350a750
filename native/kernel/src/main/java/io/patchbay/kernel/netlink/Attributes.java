package io.patchbay.kernel.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A walk over a run of attributes: `next` steps, the rest read the one it stands on. A value
/// shorter than what is read from it is a KernelException (EBADMSG).
public final class Attributes {
    private static final int HEADER = 4;

    /// Leaves NLA_F_NESTED and NLA_F_NET_BYTEORDER out of the type.
    private static final int TYPE_MASK = 0x3fff;

    private final ByteBuffer run;
    private int at;
    private int length;
    private int following;

    public Attributes(ByteBuffer run) {
        this.run = run;
    }

    public boolean next() {
        at = following;
        if (run.limit() - at < HEADER) {
            return false;
        }
        int whole = Short.toUnsignedInt(run.getShort(at));
        if (whole < HEADER || whole > run.limit() - at) {
            throw Message.malformed("an attribute of " + whole + " octets at " + at);
        }
        length = whole - HEADER;
        following = at + Math.min(Nlm.align(whole), run.limit() - at);
        return true;
    }

    public int type() {
        return run.getShort(at + 2) & TYPE_MASK;
    }

    public int u8() {
        return Byte.toUnsignedInt(run.get(value(1)));
    }

    public int u16() {
        return Short.toUnsignedInt(run.getShort(value(2)));
    }

    public int u16BigEndian() {
        value(2);
        return Short.toUnsignedInt(raw().order(ByteOrder.BIG_ENDIAN).getShort(0));
    }

    public int u32() {
        return run.getInt(value(4));
    }

    public byte[] bytes() {
        byte[] octets = new byte[length];
        run.get(at + HEADER, octets);
        return octets;
    }

    /// A string without the NUL that ends it.
    public String string() {
        byte[] octets = bytes();
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }

    public Attributes nested() {
        return new Attributes(raw());
    }

    /// The value as a view.
    public ByteBuffer raw() {
        return run.slice(at + HEADER, length).order(run.order());
    }

    private int value(int octets) {
        if (length < octets) {
            throw Message.malformed(
                    "attribute " + type() + " of " + length + " octets, not " + octets);
        }
        return at + HEADER;
    }
}
