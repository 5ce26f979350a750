package io.patchbay.meta.device;

import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The kubelet's PodResources service, version 1. Source: k8s.io/kubelet,
/// pkg/apis/podresources/v1/api.proto.
final class PodResources {
    private static final String SERVICE = "v1.PodResourcesLister";

    private final GrpcClient client;

    PodResources(Path socket) {
        this.client = new GrpcClient("the kubelet", socket);
    }

    /// An UncheckedIOException where nobody answers, a {@link GrpcRefusal} where the answer is no.
    Map<String, List<DeviceId>> of(PodRef pod) {
        return PodResourcesMessages.devices(answer(pod), pod);
    }

    /// `Get` is about one pod and `List` about all, but `Get` is young: kubelets before 1.27 do not
    /// know it, and later ones may have it disabled, which they tell in words alone, as they tell
    /// that they do not know the pod.
    private byte[] answer(PodRef pod) {
        try {
            return client.call(SERVICE, "Get", PodResourcesMessages.get(pod));
        } catch (GrpcRefusal e) {
            if (e.status() != GrpcRefusal.UNIMPLEMENTED && e.status() != GrpcRefusal.UNKNOWN) {
                throw e;
            }
            return client.call(SERVICE, "List", PodResourcesMessages.LIST);
        }
    }
}
