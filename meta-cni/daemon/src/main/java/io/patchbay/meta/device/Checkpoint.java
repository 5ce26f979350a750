package io.patchbay.meta.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.device.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The notes of the kubelet's device manager. Source: kubernetes,
/// pkg/kubelet/cm/devicemanager/checkpoint.
record Checkpoint(Path file) {
    /// By the uid of a pod. A file that cannot be read is an UncheckedIOException, and one that is
    /// something else a CniException.
    Map<String, List<DeviceId>> of(String uid) {
        JsonObject root = JsonObject.read("kubelet checkpoint " + file, read());
        DeviceLists devices = new DeviceLists();
        root.object("Data").map(data -> data.objects("PodDeviceEntries")).orElse(List.of()).stream()
                .filter(entry -> entry.string("PodUID").filter(uid::equals).isPresent())
                .forEach(entry -> gather(entry, devices));
        return devices.toMap();
    }

    private JsonNode read() {
        try {
            return Json.decode("kubelet checkpoint " + file, Disk.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "its checkpoint %s cannot be read (%s)".formatted(file, e.getMessage()), e);
        }
    }

    /// A list by NUMA node, or just a list as kubelets before 1.20 wrote it.
    private static void gather(JsonObject entry, DeviceLists devices) {
        String resource = entry.getString("ResourceName");
        if (entry.find("DeviceIDs").filter(JsonNode::isArray).isPresent()) {
            entry.strings("DeviceIDs").forEach(device -> devices.add(resource, device));
            return;
        }
        entry.object("DeviceIDs")
                .ifPresent(nodes -> {
                    for (var node : nodes.json().properties()) {
                        nodes.strings(node.getKey())
                                .forEach(device -> devices.add(resource, device));
                    }
                });
    }
}
