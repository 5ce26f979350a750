/// DPDK for Java: ports, packet buffers and bursts, for network functions. Needs libdpdk on the
/// machine, and nothing else.
module io.patchbay.dpdk {
    requires static transitive org.jspecify;

    exports io.patchbay.dpdk;
}
