package io.patchbay.meta.device;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.patchbay.meta.kubelet.PodResourcesV1;
import io.patchbay.meta.kubelet.PodResourcesV1.GetPodResourcesRequest;
import io.patchbay.meta.kubelet.PodResourcesV1.GetPodResourcesResponse;
import io.patchbay.meta.kubelet.PodResourcesV1.ListPodResourcesResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A kubelet's PodResources on a unix socket. As the real one it tells in words alone that it does
/// not know a pod.
final class KubeletServer implements AutoCloseable {
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    volatile List<PodResourcesV1.PodResources> pods = List.of();
    volatile Status get = Status.OK;
    volatile Status list = Status.OK;

    /// Calls wait for it.
    volatile CountDownLatch ready = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Server server;

    /// @param withGet whether it has that call at all
    KubeletServer(Path socket, boolean withGet) {
        var service = ServerServiceDefinition.builder("v1.PodResourcesLister");
        service.addMethod(
                PodResources.LIST,
                ServerCalls.asyncUnaryCall((_, out) -> reply("List", list, this::all, out)));
        if (withGet) {
            service.addMethod(
                    PodResources.GET,
                    ServerCalls.asyncUnaryCall((one, out) ->
                            reply(
                                    "Get " + one.getPodNamespace() + "/" + one.getPodName(),
                                    get,
                                    () -> one(one),
                                    out)));
        }
        try {
            server =
                    NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                            .channelType(NioServerDomainSocketChannel.class)
                            .bossEventLoopGroup(loops)
                            .workerEventLoopGroup(loops)
                            .executor(threads)
                            .addService(service.build())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ListPodResourcesResponse all() {
        return ListPodResourcesResponse.newBuilder().addAllPodResources(pods).build();
    }

    private GetPodResourcesResponse one(GetPodResourcesRequest request) {
        return pods.stream()
                .filter(pod -> pod.getName().equals(request.getPodName()))
                .filter(pod -> pod.getNamespace().equals(request.getPodNamespace()))
                .map(pod -> GetPodResourcesResponse.newBuilder().setPodResources(pod).build())
                .findFirst()
                .orElseThrow(
                        () -> Status.UNKNOWN.withDescription("pod not found").asRuntimeException());
    }

    private <A> void reply(String call, Status status, Supplier<A> answer, StreamObserver<A> out) {
        calls.add(call);
        try {
            ready.await();
            if (!status.isOk()) {
                throw status.asRuntimeException();
            }
            out.onNext(answer.get());
            out.onCompleted();
        } catch (StatusRuntimeException e) {
            out.onError(e);
        } catch (InterruptedException e) {
            out.onError(Status.CANCELLED.asRuntimeException());
        }
    }

    @Override
    public void close() {
        ready.countDown();
        server.shutdownNow();
        threads.close();
        Future<?> _ = loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
