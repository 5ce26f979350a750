package io.patchbay.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Objects that a test puts into a cluster, each as JSON.
public final class Manifests {
    private static final String V1 = "v1";

    private Manifests() {}

    /// Several as one manifest.
    public static String list(List<String> objects) {
        return String.join("\n---\n", objects);
    }

    public static String namespace(String name) {
        return object(V1, "Namespace", Map.of("name", name), Map.of());
    }

    public static String node(String name, Map<String, String> labels) {
        return object(V1, "Node", Map.of("name", name, "labels", labels), Map.of());
    }

    public static String serviceAccount(String namespace, String name) {
        return object(V1, "ServiceAccount", Map.of("namespace", namespace, "name", name), Map.of());
    }

    /// A pod that is bound to a node, as the scheduler would leave it.
    public static String pod(
            String namespace, String name, String node, Map<String, String> annotations) {
        return object(
                V1,
                "Pod",
                Map.of("namespace", namespace, "name", name, "annotations", annotations),
                Map.of(
                        "nodeName",
                        node,
                        "containers",
                        List.of(Map.of("name", "main", "image", "example.com/main:1"))));
    }

    /// A NetworkAttachmentDefinition.
    ///
    /// @param config as CNI would read it
    public static String network(String namespace, String name, String config) {
        return object(
                "k8s.cni.cncf.io/v1",
                "NetworkAttachmentDefinition",
                Map.of("namespace", namespace, "name", name),
                Map.of("config", config));
    }

    private static String object(
            String apiVersion, String kind, Map<String, ?> metadata, Map<String, ?> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", metadata);
        if (!spec.isEmpty()) {
            object.put("spec", spec);
        }
        try {
            return new ObjectMapper().writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
