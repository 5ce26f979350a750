package io.patchbay.dpdk;

/// What happened to a port, which is told by its number.
public sealed interface Event {
    /// The link went up or down.
    record LinkChanged(int port, boolean up) implements Event {}

    /// The device is gone: close the port.
    record Removed(int port) implements Event {}

    /// The device was reset behind our back: [Port#reset] it.
    record Reset(int port) implements Event {}

    /// So many events were not kept, since nobody asked for more than a thousand.
    record Lost(long count) implements Event {}
}
