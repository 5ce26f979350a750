/// A simulated VPC for tests and demonstrations: it holds addresses, and moves packets.
module io.patchbay.cloud {
    requires static org.jspecify;
    requires jdk.httpserver;
    requires transitive io.patchbay.kernel;
    requires transitive io.patchbay.spi;

    exports io.patchbay.cloud;
    exports io.patchbay.cloud.control;
    exports io.patchbay.cloud.ec2;
    exports io.patchbay.cloud.fabric;
    exports io.patchbay.cloud.imds;
    exports io.patchbay.cloud.vpc;
}
