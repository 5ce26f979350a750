/// The machine room: the contract's kernel port, on the real kernel.
module io.patchbay.kernel {
    requires static transitive org.jspecify;
    requires transitive io.patchbay.spi;
    requires org.jnrproject.ffi;

    exports io.patchbay.kernel;
    exports io.patchbay.kernel.probe;
}
