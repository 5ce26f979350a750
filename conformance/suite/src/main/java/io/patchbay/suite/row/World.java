package io.patchbay.suite.row;

/// What the check of one row has for itself.
public interface World extends AutoCloseable {
    @Override
    void close();
}
