/// The process: a socket, pods and networks, settings and commands. It names no delegate.
module io.patchbay.meta.daemon {
    requires static org.jspecify;
    requires jdk.httpserver;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires com.google.protobuf;
    requires info.picocli;
    requires io.grpc;
    requires io.grpc.netty.shaded;
    requires io.grpc.protobuf.lite;
    requires io.grpc.stub;
    requires io.fabric8.kubernetes.client.jdkhttp;
    requires kubernetes.client.api;
    requires org.jnrproject.unixsocket;
    requires org.jnrproject.enxio;
    requires transitive io.patchbay.meta.core;

    exports io.patchbay.meta.run;

    opens io.patchbay.meta.run to
            info.picocli;

    uses java.util.spi.ToolProvider;
}
