package io.patchbay.bench;

import java.util.Locale;

/// What all interfaces of a pod are.
enum Kind {
    BRIDGE(0, "\"bridge\": \"%s\""),
    MACVLAN(1, "\"master\": \"media0\", \"mode\": \"bridge\""),
    IPVLAN(2, "\"master\": \"media2\", \"mode\": \"l2\"");

    private final int number;
    private final String keys;

    Kind(int number, String keys) {
        this.number = number;
        this.keys = keys;
    }

    /// The plugin's name.
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its own among all, from 0.
    int number() {
        return number;
    }

    /// The keys of a network of this kind beside those that every network has.
    ///
    /// @param bridge its name, for a kind that has one
    String keys(String bridge) {
        return keys.formatted(bridge);
    }
}
