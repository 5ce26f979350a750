package io.patchbay.meta.device;

import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides which network of a pod gets which of its devices: what a network asks for by name, and
/// else the next of its resource, in the order of the networks. No device is given twice. Source:
/// NPWG device-info specification 1.1.0, §4.1.
final class DevicePairing {
    private final PodRef pod;
    private final AllocatedDevices allocated;
    private final Set<DeviceId> taken = new HashSet<>();

    private DevicePairing(PodRef pod, AllocatedDevices allocated) {
        this.pod = pod;
        this.allocated = allocated;
    }

    static List<SelectedNetwork> pair(
            PodRef pod, List<SelectedNetwork> networks, AllocatedDevices allocated) {
        DevicePairing pairing = new DevicePairing(pod, allocated);
        pairing.reserve(networks);
        List<SelectedNetwork> paired = new ArrayList<>();
        for (SelectedNetwork network : networks) {
            boolean waits =
                    network.resource().isPresent() && network.selection().device().isEmpty();
            paired.add(waits ? pairing.next(network, network.resource().get()) : network);
        }
        return paired;
    }

    /// What is asked for by name is nobody else's, wherever it stands.
    private void reserve(List<SelectedNetwork> networks) {
        Map<DeviceId, SelectedNetwork> owners = new HashMap<>();
        for (SelectedNetwork network : networks) {
            network.selection()
                    .device()
                    .ifPresent(device -> {
                        network.resource().ifPresent(name -> requireOwn(network, name, device));
                        SelectedNetwork other = owners.put(device, network);
                        if (other != null) {
                            refuseShared(other, network, device);
                        }
                        taken.add(device);
                    });
        }
    }

    private void requireOwn(SelectedNetwork network, String resource, DeviceId device) {
        List<DeviceId> own = allocated.of(resource);
        if (!own.contains(device)) {
            throw CniException.invalidConfig(
                    "network %s asks for deviceID \"%s\": of resource %s, by which it is backed, pod %s has %s"
                            .formatted(network.title(), device, resource, pod, names(own)));
        }
    }

    /// What no resource backs is not the kubelet's, and may well be meant to be shared.
    private static void refuseShared(SelectedNetwork one, SelectedNetwork two, DeviceId device) {
        if (one.resource().isPresent() || two.resource().isPresent()) {
            throw CniException.invalidConfig(
                    "networks %s and %s both ask for deviceID \"%s\": only one can have it"
                            .formatted(one.title(), two.title(), device));
        }
    }

    private SelectedNetwork next(SelectedNetwork network, String resource) {
        List<DeviceId> own = allocated.of(resource);
        DeviceId device =
                own.stream()
                        .filter(one -> !taken.contains(one))
                        .findFirst()
                        .orElseThrow(() -> noneLeft(network, resource, own.size()));
        taken.add(device);
        return network.with(device);
    }

    private CniException noneLeft(SelectedNetwork network, String resource, int count) {
        return CniException.invalidConfig(
                "network %s is backed by resource %s: pod %s has %d of it%s%s: request one for each such network in the limits of a container"
                        .formatted(
                                network.title(),
                                resource,
                                pod,
                                count,
                                count == 0 ? "" : ", and all are taken by other networks",
                                uncounted()));
    }

    private String uncounted() {
        return allocated.claims().isEmpty()
                ? ""
                : "; what it has by the resource claims %s does not count, for only devices of device plugins do"
                        .formatted(String.join(", ", allocated.claims()));
    }

    private static String names(List<DeviceId> devices) {
        return devices.isEmpty()
                ? "none"
                : devices.stream().map(DeviceId::toString).collect(Collectors.joining(", "));
    }
}
