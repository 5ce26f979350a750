/// A simulated VPC for tests and demonstrations: it holds addresses, and moves packets.
module io.patchbay.cloud {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.net.http;
    requires jdk.httpserver;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.services.ec2;
    requires software.amazon.awssdk.utils;
    requires transitive io.patchbay.kernel;
    requires transitive io.patchbay.spi;

    exports io.patchbay.cloud;
    exports io.patchbay.cloud.control;
    exports io.patchbay.cloud.controller;
    exports io.patchbay.cloud.controller.aws;
    exports io.patchbay.cloud.controller.kube;
    exports io.patchbay.cloud.ec2;
    exports io.patchbay.cloud.fabric;
    exports io.patchbay.cloud.imds;
    exports io.patchbay.cloud.vpc;

    opens io.patchbay.cloud.run to
            info.picocli;

    provides java.util.spi.ToolProvider with
            io.patchbay.cloud.run.CloudTool;
}
