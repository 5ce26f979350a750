/// A real Kubernetes for tests, on this machine and in a namespace of its own.
module io.patchbay.cluster {
    requires static org.jspecify;
    requires io.patchbay.kernel;
    requires com.fasterxml.jackson.databind;

    exports io.patchbay.cluster;
}
