package io.patchbay.meta.run;

import io.patchbay.spi.Meters;
import java.util.function.LongSupplier;

/// Meters that nobody reads.
final class NoMeters implements Meters {
    @Override
    public void count(String name, long by, String... labels) {}

    @Override
    public void gauge(String name, LongSupplier now, String... labels) {}
}
