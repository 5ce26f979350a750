package io.patchbay.spi.pod;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// The custom objects of one kind, as they are watched. Nothing waits but what says so.
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

    /// Changes an object as it is now: the keys of its `spec` that become others are written, each
    /// of them whole, and once more where somebody else was faster. Waits for the server. Refuses
    /// as {@link #find} does; with 7 also an object that is not there, or what its kind does not
    /// take; with 11 what may be written later. The change may be called more than once.
    void update(String name, UnaryOperator<S> change);

    /// Calls something after each change from now on, on a thread of its own, until the delegate is
    /// closed. Several changes at once may be one call; what it throws is logged, and the next
    /// change calls it again.
    void onChange(Runnable action);
}
