package io.patchbay.cloud.controller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// Reads a pod as Kubernetes writes it.
public final class PodJson {
    /// The annotation, and the extended resource.
    public static final String POD_ENI = "vpc.amazonaws.com/pod-eni";

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private PodJson() {}

    public static Pod decode(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode spec = pod.path("spec");
        return new Pod(
                metadata.path("namespace").asText("default"),
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                texts(metadata.path("labels")),
                text(spec.path("serviceAccountName")).orElse("default"),
                text(spec.path("nodeName")),
                asks(spec),
                OVER.contains(pod.path("status").path("phase").asText()),
                text(metadata.path("annotations").path(POD_ENI)));
    }

    /// Whether any of its containers does: so Amazon's controller asks, though its plugin looks at
    /// the first one's limits.
    private static boolean asks(JsonNode spec) {
        return StreamSupport.stream(spec.path("containers").spliterator(), false)
                .anyMatch(one -> one.path("resources").path("requests").has(POD_ENI));
    }

    public static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    static Optional<String> text(JsonNode value) {
        return Optional.of(value.asText("")).filter(text -> !text.isEmpty());
    }
}
