package io.patchbay.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// How a port spreads what it receives over its queues. From [Port#rss]; what the driver does not
/// offer is a [DpdkException] with ENOTSUP.
public final class Rss {
    private final Port port;

    Rss(Port port) {
        this.port = port;
    }

    /// Hashes by these fields, `RTE_ETH_RSS_*`, with a key, or with the one there is where it has
    /// no bytes.
    public void setHash(long functions, byte[] key) {
        if (key.length > 255) {
            throw new IllegalArgumentException(
                    "An RSS key cannot have " + key.length + " bytes: give 0 to 255.");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, key.length));
            MemorySegment.copy(key, 0, bytes, ValueLayout.JAVA_BYTE, 0, key.length);
            port.call(
                    number -> RssNative.setHash(number, functions, bytes.address(), key.length),
                    "does not take the RSS functions 0x%x and a key of %d bytes"
                            .formatted(functions, key.length));
        }
    }

    /// The receive queue of each hash, by its lowest bits.
    public int[] table() {
        int size = port.info().retaSize();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment queues = arena.allocate(ValueLayout.JAVA_SHORT, Math.max(1, size));
            port.call(
                    number -> RssNative.table(number, queues.address(), size),
                    "does not tell its RSS table");
            int[] table = new int[size];
            for (int i = 0; i < size; i++) {
                table[i] = Short.toUnsignedInt(queues.getAtIndex(ValueLayout.JAVA_SHORT, i));
            }
            return table;
        }
    }

    /// Sets the receive queue of each hash: as many as the port's [PortInfo#retaSize].
    public void setTable(int... table) {
        int size = port.info().retaSize();
        if (table.length != size) {
            throw new IllegalArgumentException(
                    port + " has an RSS table of " + size + " entries, not " + table.length + ".");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment queues = arena.allocate(ValueLayout.JAVA_SHORT, Math.max(1, size));
            for (int i = 0; i < size; i++) {
                port.rx(table[i]);
                queues.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) table[i]);
            }
            port.call(
                    number -> RssNative.setTable(number, queues.address(), size),
                    "does not take its RSS table");
        }
    }
}
