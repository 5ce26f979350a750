package io.patchbay.spi;

import java.util.Map;
import java.util.Optional;

/// Notes by key that outlive the process and the machine's power. A torn or foreign note is set
/// aside and logged, and reads as absent.
///
/// @param <N> the note: a record of strings, numbers, booleans, lists, maps, Optionals and records
public interface Journal<N extends Record> {
    Optional<N> find(String key);

    /// Durable when it returns.
    void write(String key, N note);

    /// As {@link #write}, but waits for no disk: the note outlives the process, and is lost or torn
    /// if the machine's power fails soon after. For what ends with the machine too, such as links,
    /// rules and nftables.
    default void writeLazily(String key, N note) {
        write(key, note);
    }

    /// Idempotent. A crash may bring the note back.
    void erase(String key);

    Map<String, N> all();
}
