/// What a request means and how a plan is run: no socket, no cluster, no process.
module io.patchbay.meta.core {
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.patchbay.kernel;
    requires transitive io.patchbay.spi;

    exports io.patchbay.meta.attach;
    exports io.patchbay.meta.cni;
    exports io.patchbay.meta.delegate;
    exports io.patchbay.meta.ipam;
    exports io.patchbay.meta.jar;
    exports io.patchbay.meta.journal;
    exports io.patchbay.meta.plan;
    exports io.patchbay.meta.process;

    uses io.patchbay.spi.DelegateProvider;
}
