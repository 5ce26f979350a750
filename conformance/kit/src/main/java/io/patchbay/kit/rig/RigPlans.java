package io.patchbay.kit.rig;

import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.Planner;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an ADD of the rig would run.
///
/// @param devices where device plugins tell of devices
/// @param binaries in front of the reference plugins in the plug-in path
record RigPlans(Path devices, Path binaries) {
    private static final String RESOURCE = "rig/device";

    /// A sandbox as a runtime names it.
    record Place(PodRef pod, String netns, long inode) {
        static Place of(RigPod pod) {
            return new Place(pod.ref(), pod.path(), pod.inode());
        }

        String containerId() {
            return pod.uid();
        }
    }

    AttachmentPlan plan(Place place, int number, List<String> configs) {
        NetworkSelection plain = NetworkSelection.of("rig", "network");
        return plan(place, number, Collections.nCopies(configs.size(), plain), configs);
    }

    AttachmentPlan plan(
            Place place, int number, List<NetworkSelection> selections, List<String> configs) {
        List<SelectedNetwork> networks = new ArrayList<>();
        for (String config : configs) {
            int n = networks.size();
            NetworkConfigList network =
                    NetworkConfigDecoder.decode("network " + n, config, "rig-" + n);
            networks.add(
                    new SelectedNetwork(
                            network.name(), selections.get(n), network, Optional.of(RESOURCE)));
        }
        return Planner.plan(
                request(place),
                place.pod(),
                number,
                place.inode(),
                networks.getFirst(),
                networks.subList(1, networks.size()),
                new DeviceInfoDirectory(devices));
    }

    /// Describes a device as its device plugin does.
    void describe(String device, String json) {
        String name = "%s-%s-device.json".formatted(RESOURCE.replace('/', '-'), device);
        Path file = devices.resolve("dp").resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CniRequest request(Place place) {
        return RequestDecoder.decode(
                Map.of(
                        "CNI_COMMAND",
                        "ADD",
                        "CNI_CONTAINERID",
                        place.containerId(),
                        "CNI_NETNS",
                        place.netns(),
                        "CNI_IFNAME",
                        "eth0",
                        "CNI_PATH",
                        binaries + ":/usr/lib/cni"),
                "{\"cniVersion\": \"1.1.0\", \"name\": \"rig\", \"type\": \"patchbay\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }
}
