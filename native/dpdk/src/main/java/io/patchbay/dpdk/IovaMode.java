package io.patchbay.dpdk;

/// What devices are given as addresses of memory.
public enum IovaMode {
    /// DPDK has not decided.
    UNDECIDED,
    /// Physical addresses.
    PHYSICAL,
    /// The process's own.
    VIRTUAL;

    /// `enum rte_iova_mode` is a set of bits.
    static IovaMode of(int mode) {
        return switch (mode) {
            case 1 -> PHYSICAL;
            case 2 -> VIRTUAL;
            default -> UNDECIDED;
        };
    }
}
