package io.patchbay.meta.device;

import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.PodRef;
import java.util.List;

/// Gives a pod's networks the devices that the kubelet gave the pod. The kubelet is asked only
/// where a network is backed by a resource.
public record AssignedDevices(PodDevices kubelet) {
    /// Refuses with 7 what the pod has no device for, and with 11 where that cannot be told.
    ///
    /// @param networks all of the pod's, in their order
    /// @return the same networks, those that have a device with it
    public List<SelectedNetwork> assign(PodRef pod, List<SelectedNetwork> networks) {
        List<SelectedNetwork> backed =
                networks.stream().filter(network -> network.resource().isPresent()).toList();
        if (backed.isEmpty()) {
            return networks;
        }
        if (pod.name().isEmpty()) {
            throw CniException.invalidConfig(
                    "network %s is backed by resource %s: CNI_ARGS must name the pod whose devices it may use"
                            .formatted(
                                    backed.getFirst().title(),
                                    backed.getFirst().resource().orElseThrow()));
        }
        return DevicePairing.pair(pod, networks, kubelet.of(pod));
    }
}
