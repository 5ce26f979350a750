/// Examples of network functions over DPDK: each a verb of one command.
module io.patchbay.examples.dpdk {
    requires static org.jspecify;
    requires info.picocli;
    requires io.patchbay.dpdk;

    opens io.patchbay.examples.dpdk to
            info.picocli;
}
