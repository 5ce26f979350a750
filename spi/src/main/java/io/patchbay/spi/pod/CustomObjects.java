package io.patchbay.spi.pod;

import java.util.Optional;

/// The custom objects of one kind, as they are watched. Nothing here waits.
///
/// @param <S> what the `spec` of an object says
public interface CustomObjects<S extends Record> {
    /// Refuses with 7 a `spec` that does not fit its record, and says what of it; with 11, where
    /// they have not been listed yet. A kind that nobody has defined has no objects.
    ///
    /// @param name with `namespace/` in front where the kind is namespaced
    Optional<S> find(String name);

    /// Why there is no news of them, in one sentence: the kind is not defined, a right is missing,
    /// the server is away. Empty while there is.
    Optional<String> trouble();

    /// Calls something after each change from now on, on a thread of its own, until the delegate is
    /// closed. Several changes at once may be one call; what it throws is logged, and the next
    /// change calls it again.
    void onChange(Runnable action);
}
