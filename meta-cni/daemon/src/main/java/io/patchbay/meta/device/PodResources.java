package io.patchbay.meta.device;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.patchbay.meta.kubelet.PodResourcesV1;
import io.patchbay.meta.kubelet.PodResourcesV1.ContainerDevices;
import io.patchbay.meta.kubelet.PodResourcesV1.DynamicResource;
import io.patchbay.meta.kubelet.PodResourcesV1.GetPodResourcesRequest;
import io.patchbay.meta.kubelet.PodResourcesV1.GetPodResourcesResponse;
import io.patchbay.meta.kubelet.PodResourcesV1.ListPodResourcesRequest;
import io.patchbay.meta.kubelet.PodResourcesV1.ListPodResourcesResponse;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// The kubelet's PodResources service, version 1, for the time of one question. Source:
/// k8s.io/kubelet, pkg/apis/podresources/v1/api.proto.
final class PodResources implements AutoCloseable {
    static final MethodDescriptor<GetPodResourcesRequest, GetPodResourcesResponse> GET =
            method(
                    "Get",
                    GetPodResourcesRequest.getDefaultInstance(),
                    GetPodResourcesResponse.getDefaultInstance());
    static final MethodDescriptor<ListPodResourcesRequest, ListPodResourcesResponse> LIST =
            method(
                    "List",
                    ListPodResourcesRequest.getDefaultInstance(),
                    ListPodResourcesResponse.getDefaultInstance());

    private final Path socket;
    private final Duration patience;
    private final UnixChannel channel;
    private final CallOptions options;

    /// @param patience for all calls together
    PodResources(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
        this.channel = new UnixChannel(socket);
        this.options = CallOptions.DEFAULT.withDeadlineAfter(patience);
    }

    private static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> method(
            String name, Q question, A answer) {
        return GrpcMethod.of(MethodType.UNARY, "v1.PodResourcesLister/" + name, question, answer);
    }

    /// What the containers of a pod have; nothing where the kubelet does not know the pod. An
    /// UncheckedIOException where it does not answer in time, or says no.
    AllocatedDevices of(PodRef pod) {
        DeviceLists devices = new DeviceLists();
        SequencedSet<String> claims = new LinkedHashSet<>();
        answer(pod).stream()
                .filter(one -> one.getName().equals(pod.name()))
                .filter(one -> one.getNamespace().equals(pod.namespace()))
                .flatMap(own -> own.getContainersList().stream())
                .forEach(container -> {
                    for (ContainerDevices some : container.getDevicesList()) {
                        some.getDeviceIdsList()
                                .forEach(device -> devices.add(some.getResourceName(), device));
                    }
                    for (DynamicResource claim : container.getDynamicResourcesList()) {
                        claims.add(claim.getClaimNamespace() + "/" + claim.getClaimName());
                    }
                });
        return new AllocatedDevices(devices.toMap(), List.copyOf(claims));
    }

    /// `Get` is about one pod and `List` about all, but `Get` is young: kubelets before 1.27 do not
    /// know it, and later ones may have it disabled, which they tell in words alone, as they tell
    /// that they do not know the pod.
    private List<PodResourcesV1.PodResources> answer(PodRef pod) {
        GetPodResourcesRequest one =
                GetPodResourcesRequest.newBuilder()
                        .setPodName(pod.name())
                        .setPodNamespace(pod.namespace())
                        .build();
        try {
            return List.of(call(GET, one).getPodResources());
        } catch (StatusRuntimeException e) {
            Code code = e.getStatus().getCode();
            if (code != Code.UNIMPLEMENTED && code != Code.UNKNOWN) {
                throw silent(GET, e);
            }
        }
        try {
            return call(LIST, ListPodResourcesRequest.getDefaultInstance()).getPodResourcesList();
        } catch (StatusRuntimeException e) {
            throw silent(LIST, e);
        }
    }

    private <Q, A> A call(MethodDescriptor<Q, A> method, Q question) {
        return ClientCalls.blockingUnaryCall(channel.channel(), method, options, question);
    }

    private UncheckedIOException silent(MethodDescriptor<?, ?> method, StatusRuntimeException e) {
        Status status = e.getStatus();
        String words = UnixChannel.words(status);
        return new UncheckedIOException(
                switch (status.getCode()) {
                    case UNAVAILABLE, CANCELLED ->
                            "the kubelet does not answer on %s (%s)".formatted(socket, words);
                    case DEADLINE_EXCEEDED ->
                            "the kubelet does not answer on %s (not within %d s)"
                                    .formatted(socket, patience.toSeconds());
                    default ->
                            "the kubelet refuses %s on %s with status %d (%s)"
                                    .formatted(
                                            method.getFullMethodName(),
                                            socket,
                                            status.getCode().value(),
                                            words);
                },
                new IOException(e));
    }

    @Override
    public void close() {
        channel.close();
    }
}
