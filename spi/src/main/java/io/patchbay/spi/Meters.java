package io.patchbay.spi;

import java.util.function.LongSupplier;

/// Counters and gauges of a delegate. Labels come in pairs: name, value.
public interface Meters {
    void count(String name, long by, String... labels);

    void gauge(String name, LongSupplier now, String... labels);
}
