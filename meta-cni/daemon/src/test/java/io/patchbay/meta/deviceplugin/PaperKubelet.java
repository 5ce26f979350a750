package io.patchbay.meta.deviceplugin;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.Empty;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.RegisterRequest;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Takes device plugins as the kubelet does.
final class PaperKubelet implements AutoCloseable {
    final BlockingQueue<RegisterRequest> registered = new LinkedBlockingQueue<>();
    volatile Status answer = Status.OK;

    private final Path directory;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private Server server;

    PaperKubelet(Path directory) throws IOException {
        this.directory = directory;
        server = serve();
    }

    private Server serve() throws IOException {
        return NettyServerBuilder.forAddress(
                        UnixDomainSocketAddress.of(directory.resolve("kubelet.sock")))
                .channelType(NioServerDomainSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .addService(
                        ServerServiceDefinition.builder("v1beta1.Registration")
                                .addMethod(
                                        DevicePluginApi.REGISTER,
                                        ServerCalls.asyncUnaryCall(this::register))
                                .build())
                .build()
                .start();
    }

    private void register(RegisterRequest request, StreamObserver<Empty> out) {
        if (answer.isOk()) {
            out.onNext(Empty.getDefaultInstance());
            out.onCompleted();
        } else {
            out.onError(answer.asRuntimeException());
        }
        registered.add(request);
    }

    /// As the real one it removes all sockets of its directory first.
    void restart() throws IOException {
        restart("*.sock");
    }

    /// @param removed the names of sockets that it removes, its own among them
    void restart(String removed) throws IOException {
        server.shutdownNow();
        try (var sockets = Files.newDirectoryStream(directory, removed)) {
            for (Path socket : sockets) {
                Files.delete(socket);
            }
        }
        server = serve();
    }

    @Override
    public void close() {
        server.shutdownNow();
        Future<?> _ = loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
