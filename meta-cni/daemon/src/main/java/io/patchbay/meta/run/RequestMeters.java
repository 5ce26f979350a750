package io.patchbay.meta.run;

import io.patchbay.spi.Meters;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts requests by command and code (0 for success), and the time they took by command.
final class RequestMeters {
    /// The type under which the daemon itself counts.
    static final String TYPE = "cni";

    private static final long NANOS = 1_000_000;

    private final Meters meters;
    private final ConcurrentMap<String, AtomicLong> nanos = new ConcurrentHashMap<>();

    RequestMeters(Meters meters) {
        this.meters = meters;
    }

    /// @param took in nanoseconds
    void count(String command, int code, long took) {
        meters.count("requests", 1, "command", command, "code", Integer.toString(code));
        // Most take less than one millisecond: what is left of it counts with the next.
        long before = nanos.computeIfAbsent(command, _ -> new AtomicLong()).getAndAdd(took);
        meters.count(
                "request_milliseconds",
                (before + took) / NANOS - before / NANOS,
                "command",
                command);
    }
}
