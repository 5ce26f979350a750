package io.patchbay.kit.cord;

import java.util.Optional;

/// What every record for a network of cords has.
public interface Panelled {
    /// The bridge of the node that cords are plugged into.
    Optional<String> panel();
}
