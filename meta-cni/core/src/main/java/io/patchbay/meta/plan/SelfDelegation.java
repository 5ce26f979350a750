package io.patchbay.meta.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.spi.cni.CniException;

/// Refuses a plugin that would call Patchbay again, on and on: Patchbay itself, or one with
/// Patchbay as a delegate anywhere in its configuration.
final class SelfDelegation {
    private static final String NAME = "patchbay";

    private SelfDelegation() {}

    /// @param own the type under which the runtime called us
    static void refuse(String place, PluginConfig plugin, String own) {
        refuse(place, "", plugin.json(), own);
    }

    private static void refuse(String place, String path, JsonNode node, String own) {
        String type = node.path("type").asText();
        if (!type.isEmpty() && (type.equals(NAME) || type.equals(own))) {
            throw CniException.invalidConfig(
                    "%s, key \"%stype\": \"%s\" would delegate to itself without end"
                            .formatted(place, path, type));
        }
        for (var entry : node.properties()) {
            refuse(place, path + entry.getKey() + ".", entry.getValue(), own);
        }
        if (node.isArray()) {
            String list = path.substring(0, path.length() - 1);
            for (int i = 0; i < node.size(); i++) {
                refuse(place, "%s[%d].".formatted(list, i), node.path(i), own);
            }
        }
    }
}
