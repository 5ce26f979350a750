package io.patchbay.meta.vpccni;

import java.util.Map;
import java.util.Optional;

/// The values that were read, by name. An empty one is none.
record Environment(Map<String, String> values) {
    Environment {
        values = Map.copyOf(values);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /// Whether it is there, is a flag, and is true; one that is none is told where it is read
    /// itself.
    boolean isTrue(String name) {
        return find(name)
                .filter(value -> {
                    try {
                        return Values.flag(value);
                    } catch (IllegalArgumentException _) {
                        return false;
                    }
                })
                .isPresent();
    }

    /// Whether it is there and is no 0.
    boolean tells(String name) {
        return find(name).filter(value -> !value.equals("0")).isPresent();
    }
}
