/// DPDK for Java: ports, packet buffers and bursts, for network functions. Needs libdpdk on the
/// machine. What a container is told of its devices is read without it.
module io.patchbay.dpdk {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;

    exports io.patchbay.dpdk;
    exports io.patchbay.dpdk.pod;
}
