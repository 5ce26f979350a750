package io.patchbay.dpdk.pod;

/// Whether DPDK can open a network.
sealed interface Opening {
    /// @param isLink whether it is a link of the kernel's, which is opened only if asked for
    record Open(DpdkPort port, boolean isLink) implements Opening {}

    /// @param why a sentence
    record Shut(String why, boolean isLink) implements Opening {}
}
