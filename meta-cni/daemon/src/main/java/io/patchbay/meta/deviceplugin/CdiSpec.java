package io.patchbay.meta.deviceplugin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import java.util.Collection;
import java.util.List;

/// A pool's devices for container runtimes, which put their nodes into containers. A device without
/// nodes is not in it: one that edits nothing is invalid. Source: Container Device Interface 0.5.0,
/// SPEC.md.
final class CdiSpec {
    private static final String VERSION = "0.5.0";

    private CdiSpec() {}

    /// The names of what a container gets, with their kind. Those without nodes have none.
    static List<String> names(PoolSettings pool, Collection<PoolDevice> devices) {
        return devices.stream()
                .filter(device -> !DeviceNodes.of(device, pool).nodes().isEmpty())
                .map(device -> kind(pool) + "=" + device.address())
                .toList();
    }

    private static String kind(PoolSettings pool) {
        return pool.resourcePrefix() + "/net-pci";
    }

    static ObjectNode encode(PoolSettings pool, Collection<PoolDevice> devices) {
        ObjectNode spec = Json.object().put("cdiVersion", VERSION).put("kind", kind(pool));
        ArrayNode array = spec.putArray("devices");
        for (PoolDevice device : devices) {
            List<DeviceNodes.Node> nodes = DeviceNodes.of(device, pool).nodes();
            if (!nodes.isEmpty()) {
                ObjectNode one = array.addObject().put("name", device.address().value());
                ArrayNode list = one.putObject("containerEdits").putArray("deviceNodes");
                for (DeviceNodes.Node node : nodes) {
                    list.addObject()
                            .put("path", node.inside())
                            .put("hostPath", node.host())
                            .put("permissions", "rw");
                }
            }
        }
        return spec;
    }
}
