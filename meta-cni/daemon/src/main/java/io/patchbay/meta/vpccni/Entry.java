package io.patchbay.meta.vpccni;

import java.util.Optional;

/// A variable as it was found.
///
/// @param value empty where it cannot be read
/// @param origin where else its value is, such as `secret "x", key "y"`
record Entry(String name, Optional<String> value, String origin) {
    static Entry of(String name, String value) {
        return new Entry(name, Optional.of(value), "");
    }

    static Entry elsewhere(String name, String origin) {
        return new Entry(name, Optional.empty(), origin);
    }
}
