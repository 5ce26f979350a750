package io.patchbay.suite.row;

/// The check of one row. It returns where the row is kept, and ends by an {@link Unmet} or an
/// {@link Inapplicable} where not.
///
/// @param <W> the world that it has for itself
@FunctionalInterface
public interface RowCheck<W extends World> {
    void check(W world);
}
