package io.patchbay.spi;

import java.util.function.LongSupplier;

/// Counters and gauges of a delegate, for Prometheus: meter `name` of type `vpc` is
/// `patchbay_vpc_name` there, and a counter ends in `_total` besides. Safe from any thread.
///
/// A name has ASCII letters, digits and `_`, and begins with no digit; a gauge does not end in
/// `_total`. Labels come in pairs: name, value. A label's name is like a meter's, does not begin
/// with `__`, and comes once; its value is any text. Anything else is an IllegalArgumentException.
public interface Meters {
    void count(String name, long by, String... labels);

    /// @param now asked on any thread, whenever somebody looks. A gauge of the same name and labels
    ///   takes the place of the one before
    void gauge(String name, LongSupplier now, String... labels);
}
