package io.patchbay.meta.deviceplugin;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.AllocateRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.AllocateResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ListAndWatchResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreStartContainerResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreferredAllocationRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.PreferredAllocationResponse;
import io.patchbay.spi.Meters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/// Answers the kubelet's calls about one pool. Safe from any thread.
final class PoolService {
    private static final Logger LOG = System.getLogger(PoolService.class.getName());

    private final Meters meters;
    private final Set<ServerCallStreamObserver<ListAndWatchResponse>> watching =
            new LinkedHashSet<>();
    private Answers answers;

    PoolService(Answers answers, Meters meters) {
        this.answers = answers;
        this.meters = meters;
    }

    /// From now on it is this that is offered; who watches is told where that says anything else.
    synchronized void offer(Answers next) {
        ListAndWatchResponse list = next.list();
        boolean other = !list.equals(answers.list());
        answers = next;
        if (other) {
            watching.forEach(out -> out.onNext(list));
        }
    }

    synchronized Answers answers() {
        return answers;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(DevicePluginApi.PLUGIN)
                .addMethod(
                        DevicePluginApi.GET_OPTIONS,
                        ServerCalls.asyncUnaryCall(
                                (_, out) -> answer(out, _ -> DevicePluginApi.OPTIONS)))
                .addMethod(
                        DevicePluginApi.LIST_AND_WATCH,
                        ServerCalls.asyncServerStreamingCall((_, out) -> watch(out)))
                .addMethod(
                        DevicePluginApi.GET_PREFERRED,
                        ServerCalls.asyncUnaryCall(
                                (request, out) -> answer(out, now -> prefer(request, now))))
                .addMethod(
                        DevicePluginApi.ALLOCATE,
                        ServerCalls.asyncUnaryCall(
                                (request, out) -> answer(out, now -> allocate(request, now))))
                .addMethod(
                        DevicePluginApi.PRE_START,
                        ServerCalls.asyncUnaryCall((_, out) ->
                                answer(out, _ -> PreStartContainerResponse.getDefaultInstance())))
                .build();
    }

    private <A> void answer(StreamObserver<A> out, Function<Answers, A> call) {
        A answer;
        try {
            answer = call.apply(answers());
        } catch (StatusRuntimeException e) {
            LOG.log(Level.WARNING, "the kubelet is refused: {0}", e.getStatus().getDescription());
            out.onError(e);
            return;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the kubelet's call fails", e);
            out.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
            return;
        }
        out.onNext(answer);
        out.onCompleted();
    }

    /// The stream ends when either side does.
    private synchronized void watch(StreamObserver<ListAndWatchResponse> out) {
        var stream = (ServerCallStreamObserver<ListAndWatchResponse>) out;
        stream.setOnCancelHandler(() -> forget(stream));
        watching.add(stream);
        stream.onNext(answers.list());
    }

    private synchronized void forget(ServerCallStreamObserver<ListAndWatchResponse> stream) {
        watching.remove(stream);
    }

    private static PreferredAllocationResponse prefer(
            PreferredAllocationRequest request, Answers now) {
        return PreferredAllocationResponse.newBuilder()
                .addAllContainerResponses(
                        request.getContainerRequestsList().stream().map(now::prefer).toList())
                .build();
    }

    private AllocateResponse allocate(AllocateRequest request, Answers now) {
        AllocateResponse response =
                AllocateResponse.newBuilder()
                        .addAllContainerResponses(
                                request.getContainerRequestsList().stream()
                                        .map(one -> now.allocate(one.getDevicesIdsList()))
                                        .toList())
                        .build();
        meters.count("allocations", 1, "resource", now.pool().resource());
        return response;
    }
}
