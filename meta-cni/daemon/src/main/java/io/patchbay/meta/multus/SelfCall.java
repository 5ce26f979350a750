package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/// A plugin that is a meta plugin itself, anywhere in a configuration.
final class SelfCall {
    private static final Set<String> TYPES = Set.of("multus", "multus-shim", "patchbay");

    private SelfCall() {}

    /// The type that would be called.
    static Optional<String> find(JsonNode config) {
        String type = config.path("type").asText();
        if (TYPES.contains(type)) {
            return Optional.of(type);
        }
        return config.valueStream().flatMap(inner -> find(inner).stream()).findFirst();
    }
}
