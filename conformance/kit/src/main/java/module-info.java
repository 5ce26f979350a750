/// What a delegate's author tests with: the real core on the real kernel, and faults in between.
module io.patchbay.kit {
    requires static org.jspecify;
    requires org.assertj.core;
    requires com.fasterxml.jackson.databind;
    requires transitive io.patchbay.kernel;
    requires transitive io.patchbay.meta.core;
    requires transitive io.patchbay.spi;

    exports io.patchbay.kit.fault;
    exports io.patchbay.kit.rig;
    exports io.patchbay.kit.snapshot;
}
