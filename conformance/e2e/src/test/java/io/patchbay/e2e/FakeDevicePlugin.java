package io.patchbay.e2e;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.patchbay.e2e.DevicePluginMessages.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A device plugin that offers the kubelet devices which nobody has. Source: k8s.io/kubelet,
/// pkg/apis/deviceplugin/v1beta1/api.proto.
final class FakeDevicePlugin implements AutoCloseable {
    private static final String SOCKET = "fake.sock";
    private static final String PLUGIN = "v1beta1.DevicePlugin";

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Server server;

    private FakeDevicePlugin(Path directory, List<String> devices) throws IOException {
        var service =
                ServerServiceDefinition.builder(PLUGIN)
                        .addMethod(
                                method(PLUGIN, "GetDevicePluginOptions", MethodType.UNARY),
                                ServerCalls.asyncUnaryCall((_, out) -> answer(out, new byte[0])))
                        // It goes on until the plugin ends: a stream that ends takes the devices
                        // away.
                        .addMethod(
                                method(PLUGIN, "ListAndWatch", MethodType.SERVER_STREAMING),
                                ServerCalls.asyncServerStreamingCall((_, out) ->
                                        out.onNext(DevicePluginMessages.healthy(devices))))
                        .addMethod(
                                method(PLUGIN, "Allocate", MethodType.UNARY),
                                ServerCalls.asyncUnaryCall(
                                        (_, out) -> answer(out, DevicePluginMessages.allocated())));
        server =
                NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(directory.resolve(SOCKET)))
                        .channelType(NioServerDomainSocketChannel.class)
                        .bossEventLoopGroup(loops)
                        .workerEventLoopGroup(loops)
                        .directExecutor()
                        .addService(service.build())
                        .build()
                        .start();
    }

    /// Offers the devices, and registers at the kubelet.
    ///
    /// @param directory the kubelet's for device plugins, as seen from here
    static FakeDevicePlugin register(Path directory, String resource, List<String> devices) {
        try {
            FakeDevicePlugin plugin = new FakeDevicePlugin(directory, devices);
            plugin.call(
                    directory.resolve("kubelet.sock"),
                    DevicePluginMessages.registration(SOCKET, resource));
            return plugin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void call(Path kubelet, byte[] registration) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(kubelet))
                        .overrideAuthority("localhost")
                        .usePlaintext()
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .eventLoopGroup(loops)
                        .build();
        byte[] _ =
                ClientCalls.blockingUnaryCall(
                        channel,
                        method("v1beta1.Registration", "Register", MethodType.UNARY),
                        CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                        registration);
        channel.shutdownNow();
    }

    private static void answer(StreamObserver<byte[]> out, byte[] message) {
        out.onNext(message);
        out.onCompleted();
    }

    private static MethodDescriptor<byte[], byte[]> method(
            String service, String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(service + "/" + name)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    @Override
    public void close() {
        server.shutdownNow();
        Future<?> _ = loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
