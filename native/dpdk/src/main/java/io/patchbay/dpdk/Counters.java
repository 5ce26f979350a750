package io.patchbay.dpdk;

import static io.patchbay.dpdk.DpdkException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// The counters of a port: those that every port has, and those that its driver has besides, which
/// are named once and then read by place. From [Port#counters].
public final class Counters {
    private final Port port;

    Counters(Port port) {
        this.port = port;
    }

    public PortStats stats() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fields = arena.allocate(ValueLayout.JAVA_LONG, CountersNative.FIELDS);
            port.call(
                    number -> CountersNative.stats(number, fields.address()),
                    "does not tell its counters");
            return stats(fields.toArray(ValueLayout.JAVA_LONG));
        }
    }

    private static PortStats stats(long[] fields) {
        return new PortStats(
                fields[CountersNative.RX_PACKETS],
                fields[CountersNative.TX_PACKETS],
                fields[CountersNative.RX_BYTES],
                fields[CountersNative.TX_BYTES],
                fields[CountersNative.RX_MISSED],
                fields[CountersNative.RX_ERRORS],
                fields[CountersNative.TX_ERRORS],
                fields[CountersNative.RX_NO_BUFFER]);
    }

    public void reset() {
        port.call(CountersNative::reset, "does not reset its counters");
    }

    /// The names of all counters, which stay while the port's configuration does.
    public List<String> names() {
        synchronized (port) {
            port.require();
            String[] names = CountersNative.names(port.number());
            return names == null ? List.of() : List.of(names);
        }
    }

    /// The values of all counters, in the order of the names.
    public long[] values() {
        synchronized (port) {
            int count = names().size();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
                int read = CountersNative.values(port.number(), values.address(), count);
                check(read, port + " does not tell its counters");
                return values.asSlice(0, (long) Math.min(read, count) * Long.BYTES)
                        .toArray(ValueLayout.JAVA_LONG);
            }
        }
    }
}
