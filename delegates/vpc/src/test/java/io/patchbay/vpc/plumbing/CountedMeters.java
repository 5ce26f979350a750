package io.patchbay.vpc.plumbing;

import io.patchbay.spi.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Counters that a test reads; gauges are not read.
record CountedMeters(Map<String, Long> counts) implements Meters {
    CountedMeters() {
        this(new ConcurrentHashMap<>());
    }

    @Override
    public void count(String name, long by, String... labels) {
        counts.merge(name, by, Long::sum);
    }

    @Override
    public void gauge(String name, LongSupplier now, String... labels) {}
}
