package io.patchbay.dpdk;

/// Whether DPDK is there. Asked once a process; the answer stays.
public final class Dpdk {
    private static final Availability AVAILABILITY = NativeLibrary.load();

    private Dpdk() {}

    /// Never throws: a machine without DPDK, or with another release than this was built for,
    /// answers [Availability.Off].
    public static Availability availability() {
        return AVAILABILITY;
    }
}
