package io.patchbay.kit.cord;

import java.util.Optional;

/// A network of cords.
public record CordConfig(Optional<String> panel) implements Panelled {
    public CordConfig {
        if (panel.isEmpty() || !panel.get().matches("[a-z]+[0-9]*")) {
            throw new IllegalArgumentException(
                    "\"panel\" is %s: name a bridge of the node"
                            .formatted(panel.map("\"%s\""::formatted).orElse("missing")));
        }
    }
}
