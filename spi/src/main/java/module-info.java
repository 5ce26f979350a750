/// The contract between Patchbay and its delegates. It depends on nothing.
module io.patchbay.spi {
    requires static transitive org.jspecify;

    exports io.patchbay.spi;
    exports io.patchbay.spi.cni;
    exports io.patchbay.spi.device;
    exports io.patchbay.spi.ipam;
    exports io.patchbay.spi.net;
    exports io.patchbay.spi.pod;
}
