package io.patchbay.dpdk;

/// Whether this process can have DPDK.
public sealed interface Availability {
    /// It can. The version is the library's own, such as `DPDK 22.11.11`.
    record Available(String version) implements Availability {}

    /// It cannot, and a sentence says why and what to do.
    record Off(String why) implements Availability {}
}
