package io.patchbay.kit.rig;

import io.patchbay.meta.delegate.Series;
import io.patchbay.spi.Meters;
import java.util.function.LongSupplier;

/// Meters that nobody reads, but whose names are held to the contract.
final class SilentMeters implements Meters {
    @Override
    public void count(String name, long by, String... labels) {
        Series _ = Series.counter(name, labels).requireValid();
    }

    @Override
    public void gauge(String name, LongSupplier now, String... labels) {
        Series _ = Series.gauge(name, labels).requireValid();
    }
}
