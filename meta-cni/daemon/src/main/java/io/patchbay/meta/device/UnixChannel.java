package io.patchbay.meta.device;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A gRPC channel to a unix socket, for the time of one conversation, with the one thread that it
/// needs. None is kept for the next: it would cost its thread meanwhile, and wait for up to two
/// minutes until it looks whether a server has come back. Source: gRPC, doc/connection-backoff.md.
public final class UnixChannel implements AutoCloseable {
    private static final int MOST = 16 << 20;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("grpc", true), NioIoHandler.newFactory());
    private final ManagedChannel channel;

    public UnixChannel(Path socket) {
        channel =
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                        .overrideAuthority("localhost")
                        .usePlaintext()
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .eventLoopGroup(loop)
                        // A pool would keep some megabytes for a call now and then.
                        .withOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                        .directExecutor()
                        .maxInboundMessageSize(MOST)
                        .build();
    }

    public Channel channel() {
        return channel;
    }

    /// What went wrong, in the words of whoever was nearest to it.
    public static String words(Status status) {
        Throwable cause = status.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(status.getDescription())
                : cause.getMessage();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        Future<?> _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
