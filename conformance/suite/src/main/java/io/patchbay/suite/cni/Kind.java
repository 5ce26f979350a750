package io.patchbay.suite.cni;

/// What a plugin does, by which the specification asks different things of it.
public enum Kind {
    /// Makes an interface.
    INTERFACE,
    /// Gives addresses to a plugin that calls it.
    IPAM,
    /// Changes what a plugin before it in the list has made.
    CHAINED
}
