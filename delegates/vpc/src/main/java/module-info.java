/// Pods on a VPC: addresses of the node's own network interfaces.
module io.patchbay.vpc {
    requires io.patchbay.spi;
    requires java.net.http;

    // The core binds configurations and notes to the records here.
    opens io.patchbay.vpc;
    opens io.patchbay.vpc.pool;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.vpc.VpcProvider;
}
