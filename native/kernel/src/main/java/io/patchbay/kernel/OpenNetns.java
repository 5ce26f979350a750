package io.patchbay.kernel;

import io.patchbay.spi.net.Netns;

/// A network namespace that whoever opened it must close.
public interface OpenNetns extends Netns, AutoCloseable {
    /// Closes the namespace and all that is bound to it. Idempotent.
    @Override
    void close();
}
