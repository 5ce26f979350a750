package io.patchbay.bench;

import java.util.Locale;

/// What all interfaces of a pod are.
enum Kind {
    BRIDGE("\"bridge\": \"%s\""),
    MACVLAN("\"master\": \"media0\", \"mode\": \"bridge\""),
    IPVLAN("\"master\": \"media2\", \"mode\": \"l2\"");

    private final String keys;

    Kind(String keys) {
        this.keys = keys;
    }

    /// The plugin's name.
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The keys of a network of this kind beside those that every network has.
    ///
    /// @param bridge its name, for a kind that has one
    String keys(String bridge) {
        return keys.formatted(bridge);
    }
}
