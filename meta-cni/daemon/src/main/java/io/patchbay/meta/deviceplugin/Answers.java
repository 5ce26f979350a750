package io.patchbay.meta.deviceplugin;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.patchbay.meta.deviceplugin.DeviceNodes.Node;
import io.patchbay.meta.deviceplugin.Offer.Healthy;
import io.patchbay.meta.deviceplugin.Offer.Leaving;
import io.patchbay.meta.deviceplugin.Offer.LinkDown;
import io.patchbay.meta.deviceplugin.Offer.Offered;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.CDIDevice;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ContainerAllocateResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ContainerPreferredAllocationRequest;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ContainerPreferredAllocationResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.Device;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.DeviceSpec;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ListAndWatchResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.NUMANode;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.TopologyInfo;
import io.patchbay.spi.device.PciAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// What a pool answers the kubelet, of what it offers at the moment.
///
/// @param cdi whether containers get their nodes by CDI
record Answers(PoolSettings pool, boolean cdi, Offer offer) {
    private static final String CDI_ANNOTATION = "cdi.k8s.io/patchbay_";

    ListAndWatchResponse list() {
        return ListAndWatchResponse.newBuilder()
                .addAllDevices(offer.devices().values().stream().map(this::device).toList())
                .build();
    }

    private Device device(Offered offered) {
        Device.Builder device =
                Device.newBuilder()
                        .setID(offered.device().address().value())
                        .setHealth(offered.health() instanceof Healthy ? "Healthy" : "Unhealthy");
        if (!pool.excludeTopology()) {
            offered.device()
                    .function()
                    .numaNode()
                    .ifPresent(node ->
                            device.setTopology(
                                    TopologyInfo.newBuilder()
                                            .addNodes(NUMANode.newBuilder().setID(node))));
        }
        return device.build();
    }

    /// Ids that are unknown are passed over: what was offered a moment ago may be gone.
    ContainerPreferredAllocationResponse prefer(ContainerPreferredAllocationRequest wanted) {
        return ContainerPreferredAllocationResponse.newBuilder()
                .addAllDeviceIDs(
                        Preference.choose(
                                        known(wanted.getAvailableDeviceIDsList()),
                                        known(wanted.getMustIncludeDeviceIDsList()),
                                        wanted.getAllocationSize())
                                .stream()
                                .map(PciAddress::value)
                                .toList())
                .build();
    }

    private SequencedSet<PoolDevice> known(List<String> ids) {
        SequencedSet<PoolDevice> devices = new LinkedHashSet<>();
        ids.forEach(id -> find(id).ifPresent(one -> devices.add(one.device())));
        return devices;
    }

    private Optional<Offered> find(String id) {
        return PciAddress.isOne(id)
                ? Optional.ofNullable(offer.devices().get(PciAddress.parse(id)))
                : Optional.empty();
    }

    /// For one container. Refuses by NOT_FOUND what is not in the pool, and by FAILED_PRECONDITION
    /// what is unhealthy.
    ContainerAllocateResponse allocate(List<String> ids) {
        List<PoolDevice> devices = ids.stream().map(this::getHealthy).toList();
        ContainerAllocateResponse.Builder response = ContainerAllocateResponse.newBuilder();
        response.putAllEnvs(Environment.of(pool, devices));
        if (cdi) {
            List<String> names = CdiSpec.names(pool, devices);
            names.forEach(name -> response.addCdiDevices(CDIDevice.newBuilder().setName(name)));
            // Kubelets before 1.28 pass on annotations alone; runtimes heed each device once.
            if (!names.isEmpty()) {
                response.putAnnotations(
                        CDI_ANNOTATION + pool.resourceName(), String.join(",", names));
            }
        } else {
            nodes(devices).forEach(node -> response.addDevices(spec(node)));
        }
        return response.build();
    }

    private SequencedSet<Node> nodes(List<PoolDevice> devices) {
        SequencedSet<Node> nodes = new LinkedHashSet<>();
        devices.forEach(device -> nodes.addAll(DeviceNodes.of(device, pool).nodes()));
        return nodes;
    }

    private static DeviceSpec.Builder spec(Node node) {
        return DeviceSpec.newBuilder()
                .setHostPath(node.host())
                .setContainerPath(node.inside())
                .setPermissions("rw");
    }

    private PoolDevice getHealthy(String id) {
        Offered offered =
                find(id).orElseThrow(() ->
                        refusal(
                                Status.NOT_FOUND,
                                "device %s is not of resource %s".formatted(id, pool.resource())));
        String fault =
                switch (offered.health()) {
                    case Healthy() -> "";
                    case LinkDown() -> "its link is down";
                    case Leaving(String reason, _) -> reason;
                };
        if (!fault.isEmpty()) {
            throw refusal(
                    Status.FAILED_PRECONDITION,
                    "device %s of resource %s is unhealthy: %s"
                            .formatted(id, pool.resource(), fault));
        }
        return offered.device();
    }

    private static StatusRuntimeException refusal(Status status, String sentence) {
        return status.withDescription(sentence).asRuntimeException();
    }
}
