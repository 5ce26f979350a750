package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.StrictJson;
import java.util.Map;

/// The objects that a user writes, as an API server takes them.
final class Objects {
    static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    static final String STATUS = "k8s.v1.cni.cncf.io/network-status";

    private Objects() {}

    /// A pod on a node, which nobody runs.
    static ObjectNode pod(String namespace, String name, String node, Map<String, String> notes) {
        ObjectNode pod = object("v1", "Pod", namespace, name);
        ObjectNode annotations = pod.withObject("/metadata").putObject("annotations");
        notes.forEach(annotations::put);
        ObjectNode spec = pod.putObject("spec");
        spec.put("nodeName", node)
                .put("serviceAccountName", "default")
                .put("automountServiceAccountToken", false);
        spec.putArray("containers").addObject().put("name", "app").put("image", "none");
        return pod;
    }

    /// @param config empty for a network whose configuration is on disk
    static ObjectNode network(String namespace, String name, String config) {
        ObjectNode network =
                object("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", namespace, name);
        if (!config.isEmpty()) {
            network.putObject("spec").put("config", config);
        }
        return network;
    }

    private static ObjectNode object(String version, String kind, String namespace, String name) {
        ObjectNode object = StrictJson.empty().put("apiVersion", version).put("kind", kind);
        object.putObject("metadata").put("namespace", namespace).put("name", name);
        return object;
    }
}
