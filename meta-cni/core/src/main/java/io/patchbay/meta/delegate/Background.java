package io.patchbay.meta.delegate;

/// Where a delegate's loops run: each on a thread of its own, interrupted and joined before the
/// delegate is closed.
@FunctionalInterface
public interface Background {
    void run(String name, Runnable loop);
}
