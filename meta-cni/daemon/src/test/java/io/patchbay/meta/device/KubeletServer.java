package io.patchbay.meta.device;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A kubelet's PodResources on a unix socket, by the gRPC library of somebody else.
final class KubeletServer implements AutoCloseable {
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile Status get = Status.OK;
    volatile Status list = Status.OK;
    volatile byte[] answer = {};

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Server server;

    /// @param withGet whether it has that call at all
    KubeletServer(Path socket, boolean withGet) {
        var service = ServerServiceDefinition.builder("v1.PodResourcesLister");
        service.addMethod(
                method("List"),
                ServerCalls.asyncUnaryCall((in, out) -> reply("List", in, list, out)));
        if (withGet) {
            service.addMethod(
                    method("Get"),
                    ServerCalls.asyncUnaryCall((in, out) -> reply("Get", in, get, out)));
        }
        try {
            server =
                    NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                            .channelType(NioServerDomainSocketChannel.class)
                            .bossEventLoopGroup(loops)
                            .workerEventLoopGroup(loops)
                            .directExecutor()
                            .addService(service.build())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reply(String name, byte[] request, Status status, StreamObserver<byte[]> out) {
        calls.add(name + " " + new String(request, StandardCharsets.ISO_8859_1));
        if (status.isOk()) {
            out.onNext(answer);
            out.onCompleted();
        } else if (status.getCode() != Status.Code.CANCELLED) {
            out.onError(status.asRuntimeException());
        }
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                .setType(MethodType.UNARY)
                .setFullMethodName("v1.PodResourcesLister/" + name)
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        Future<?> _ = loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
