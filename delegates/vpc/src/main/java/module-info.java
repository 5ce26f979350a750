/// Pods on a VPC: addresses of the node's own network interfaces.
module io.patchbay.vpc {
    requires io.patchbay.spi;
    requires java.net.http;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.protocols.jsoncore;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.services.ec2;
    requires software.amazon.awssdk.utils;

    // The core binds configurations and notes to the records here.
    opens io.patchbay.vpc;
    opens io.patchbay.vpc.eni;
    opens io.patchbay.vpc.pool;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.vpc.VpcProvider;
}
