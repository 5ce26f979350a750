package io.patchbay.kit.rig;

import io.patchbay.spi.Meters;
import java.util.function.LongSupplier;

/// Meters that nobody reads.
final class SilentMeters implements Meters {
    @Override
    public void count(String name, long by, String... labels) {}

    @Override
    public void gauge(String name, LongSupplier now, String... labels) {}
}
