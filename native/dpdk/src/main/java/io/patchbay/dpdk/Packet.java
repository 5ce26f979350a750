package io.patchbay.dpdk;

import static io.patchbay.dpdk.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The view of the packet in one slot of a [Burst]. Bytes are counted from the frame's first;
/// numbers in it are in network order. Of a packet in several segments this is the first.
///
/// Every method throws [IllegalStateException] once the packet has left the burst.
public final class Packet {
    private static final ValueLayout.OfShort SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Burst burst;
    private final int slot;

    Packet(Burst burst, int slot) {
        this.burst = burst;
        this.slot = slot;
    }

    /// Whether there is a packet in the slot still.
    public boolean isLive() {
        return burst.isLive(slot);
    }

    /// The bytes of this segment: all of the packet's, where [#segments] is 1.
    public int length() {
        return shortAt(burst.mbuf(slot), Mbuf.DATA_LEN);
    }

    /// The bytes of all segments.
    public int totalLength() {
        return ALL.get(JAVA_INT_UNALIGNED, burst.mbuf(slot) + Mbuf.PKT_LEN);
    }

    public int segments() {
        return shortAt(burst.mbuf(slot), Mbuf.NB_SEGS);
    }

    /// The number of the port that it came by.
    public int port() {
        return shortAt(burst.mbuf(slot), Mbuf.PORT);
    }

    /// `RTE_MBUF_F_*`, such as whether [#rssHash] and [#vlanTci] mean something.
    public long offloadFlags() {
        return ALL.get(JAVA_LONG_UNALIGNED, burst.mbuf(slot) + Mbuf.OL_FLAGS);
    }

    public void setOffloadFlags(long flags) {
        ALL.set(JAVA_LONG_UNALIGNED, burst.mbuf(slot) + Mbuf.OL_FLAGS, flags);
    }

    /// `RTE_PTYPE_*`
    public int packetType() {
        return ALL.get(JAVA_INT_UNALIGNED, burst.mbuf(slot) + Mbuf.PACKET_TYPE);
    }

    public int rssHash() {
        return ALL.get(JAVA_INT_UNALIGNED, burst.mbuf(slot) + Mbuf.RSS_HASH);
    }

    public int vlanTci() {
        return shortAt(burst.mbuf(slot), Mbuf.VLAN_TCI);
    }

    public void setVlanTci(int tci) {
        setShortAt(burst.mbuf(slot), Mbuf.VLAN_TCI, tci);
    }

    /// Where the frame begins in memory.
    public long address() {
        return begin(burst.mbuf(slot));
    }

    /// The bytes of this segment. To be let go with the packet: DPDK gives the same memory to other
    /// packets then, and the view cannot tell. Once EAL is closed it throws.
    public MemorySegment data() {
        return ALL.asSlice(address(), length());
    }

    public byte getByte(int offset) {
        return ALL.get(JAVA_BYTE, place(offset, 1));
    }

    public short getShort(int offset) {
        return ALL.get(SHORT, place(offset, 2));
    }

    public int getInt(int offset) {
        return ALL.get(INT, place(offset, 4));
    }

    public long getLong(int offset) {
        return ALL.get(LONG, place(offset, 8));
    }

    public void setByte(int offset, byte value) {
        ALL.set(JAVA_BYTE, place(offset, 1), value);
    }

    public void setShort(int offset, short value) {
        ALL.set(SHORT, place(offset, 2), value);
    }

    public void setInt(int offset, int value) {
        ALL.set(INT, place(offset, 4), value);
    }

    public void setLong(int offset, long value) {
        ALL.set(LONG, place(offset, 8), value);
    }

    /// A copy of this segment's bytes.
    public byte[] toBytes() {
        return data().toArray(JAVA_BYTE);
    }

    /// The bytes become the whole of the packet, which must be of one segment.
    public void setBytes(byte[] bytes) {
        removeLast(length());
        append(bytes.length);
        MemorySegment.copy(bytes, 0, ALL, JAVA_BYTE, address(), bytes.length);
    }

    private long place(int offset, int width) {
        long mbuf = burst.mbuf(slot);
        int length = shortAt(mbuf, Mbuf.DATA_LEN);
        if (offset < 0 || offset > length - width) {
            throw new IndexOutOfBoundsException(
                    "%d bytes at %d are outside of a packet of %d bytes."
                            .formatted(width, offset, length));
        }
        return begin(mbuf) + offset;
    }

    private long begin(long mbuf) {
        return ALL.get(JAVA_LONG_UNALIGNED, mbuf + Mbuf.BUF_ADDR) + shortAt(mbuf, Mbuf.DATA_OFF);
    }

    /// How many bytes can be put before the frame.
    public int headroom() {
        return shortAt(burst.mbuf(slot), Mbuf.DATA_OFF);
    }

    /// How many bytes can be put behind the frame.
    public int tailroom() {
        long mbuf = burst.mbuf(slot);
        return shortAt(mbuf, Mbuf.BUF_LEN)
                - shortAt(mbuf, Mbuf.DATA_OFF)
                - shortAt(mbuf, Mbuf.DATA_LEN);
    }

    /// Makes the packet longer at its front; what the new bytes hold is anything.
    public void prepend(int bytes) {
        within(bytes, headroom(), "before the packet");
        resize(-bytes, bytes);
    }

    /// Makes the packet, which must be of one segment, longer at its end; what the new bytes hold
    /// is anything.
    public void append(int bytes) {
        requireOneSegment();
        within(bytes, tailroom(), "behind the packet");
        resize(0, bytes);
    }

    public void removeFirst(int bytes) {
        within(bytes, length(), "in the packet");
        resize(bytes, -bytes);
    }

    /// Of a packet of one segment.
    public void removeLast(int bytes) {
        requireOneSegment();
        within(bytes, length(), "in the packet");
        resize(0, -bytes);
    }

    private void requireOneSegment() {
        if (segments() != 1) {
            throw new IllegalStateException(
                    "A packet of " + segments() + " segments cannot change at its end here.");
        }
    }

    private static void within(int bytes, int most, String where) {
        if (bytes < 0 || bytes > most) {
            throw new IllegalArgumentException(
                    "There are no " + bytes + " bytes " + where + ": there are " + most + ".");
        }
    }

    private void resize(int shift, int growth) {
        long mbuf = burst.mbuf(slot);
        setShortAt(mbuf, Mbuf.DATA_OFF, shortAt(mbuf, Mbuf.DATA_OFF) + shift);
        setShortAt(mbuf, Mbuf.DATA_LEN, shortAt(mbuf, Mbuf.DATA_LEN) + growth);
        int total = ALL.get(JAVA_INT_UNALIGNED, mbuf + Mbuf.PKT_LEN);
        ALL.set(JAVA_INT_UNALIGNED, mbuf + Mbuf.PKT_LEN, total + growth);
    }

    /// Gives its buffer back to the pool.
    public void free() {
        burst.free(slot);
    }

    /// Moves it to the end of another burst.
    public void moveTo(Burst other) {
        burst.move(slot, other);
    }

    private int shortAt(long mbuf, long field) {
        return Short.toUnsignedInt(ALL.get(JAVA_SHORT_UNALIGNED, mbuf + field));
    }

    private void setShortAt(long mbuf, long field, int value) {
        ALL.set(JAVA_SHORT_UNALIGNED, mbuf + field, (short) value);
    }
}
