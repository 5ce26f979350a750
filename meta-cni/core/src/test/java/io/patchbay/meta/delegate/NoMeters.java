package io.patchbay.meta.delegate;

import io.patchbay.spi.Meters;
import java.util.function.LongSupplier;

/// Nobody counts.
final class NoMeters implements Meters {
    @Override
    public void count(String name, long by, String... labels) {}

    @Override
    public void gauge(String name, LongSupplier now, String... labels) {}
}
