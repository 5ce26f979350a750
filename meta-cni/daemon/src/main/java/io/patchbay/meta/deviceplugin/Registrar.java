package io.patchbay.meta.deviceplugin;

import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.patchbay.meta.device.UnixChannel;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.Empty;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.RegisterRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The kubelet where it takes device plugins.
///
/// @param directory of its socket and theirs
record Registrar(Path directory) {
    private static final int PATIENCE_SECONDS = 10;

    Path socket() {
        return directory.resolve("kubelet.sock");
    }

    /// Another one each time it has started; empty while it is away.
    Optional<String> identity() throws IOException {
        return FileIdentity.find(socket());
    }

    /// An UncheckedIOException has the kubelet's own words.
    ///
    /// @param endpoint the name of a socket in its directory
    void register(String endpoint, String resource) {
        RegisterRequest request =
                RegisterRequest.newBuilder()
                        .setVersion(DevicePluginApi.VERSION)
                        .setEndpoint(endpoint)
                        .setResourceName(resource)
                        .setOptions(DevicePluginApi.OPTIONS)
                        .build();
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
        try (UnixChannel channel = new UnixChannel(socket())) {
            Empty _ =
                    ClientCalls.blockingUnaryCall(
                            channel.channel(), DevicePluginApi.REGISTER, options, request);
        } catch (StatusRuntimeException e) {
            throw new UncheckedIOException(
                    "the kubelet does not take resource %s on %s: %s (%s)"
                            .formatted(
                                    resource,
                                    socket(),
                                    UnixChannel.words(e.getStatus()),
                                    e.getStatus().getCode()),
                    new IOException(e));
        }
    }
}
