package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A configuration of Multus as it was written: a plugin's, or a list's with Multus at its head, or
/// the daemon's. Source: Multus pkg/types/conf.go, pkg/server/types.go, docs/configuration.md.
///
/// @param keys by their right spelling, for Go reads them in any case
/// @param behind the plugins that stand behind Multus in its list
record MultusConfig(JsonObject keys, List<ObjectNode> behind) {
    MultusConfig {
        behind = List.copyOf(behind);
    }

    static MultusConfig decode(String file, String text) {
        JsonObject root = JsonObject.read(file, Json.decode(file, text));
        if (!root.json().has("plugins")) {
            return new MultusConfig(root.with(spelt(root.json())), List.of());
        }
        List<JsonObject> plugins = root.objects("plugins");
        if (plugins.isEmpty()) {
            throw root.refusal("plugins", "it is empty: Multus is the first of them");
        }
        ObjectNode all = root.json().deepCopy();
        all.remove("plugins");
        all.setAll(plugins.getFirst().json());
        if (!all.path("type").asText().startsWith("multus")) {
            throw CniException.invalidConfig(
                    "%s, key \"plugins[0].type\": \"%s\" is not Multus: name its own configuration"
                            .formatted(file, all.path("type").asText()));
        }
        return new MultusConfig(
                root.with(spelt(all)), plugins.stream().skip(1).map(JsonObject::json).toList());
    }

    private static ObjectNode spelt(ObjectNode json) {
        Map<String, String> right = new TreeMap<>();
        MultusKeys.ALL.forEach(key -> right.put(key.toLowerCase(Locale.ROOT), key));
        ObjectNode spelt = Json.object();
        for (var entry : json.properties()) {
            String key = entry.getKey();
            spelt.set(right.getOrDefault(key.toLowerCase(Locale.ROOT), key), entry.getValue());
        }
        return spelt;
    }

    String text(String key, String usual) {
        return keys.string(key).filter(text -> !text.isEmpty()).orElse(usual);
    }

    /// Whether it is the daemon's, which generates the plugin's from what it finds on the node.
    boolean isOfDaemon() {
        return !keys.has("type");
    }

    /// The delegates that are written in the configuration itself.
    List<ObjectNode> delegates() {
        List<ObjectNode> delegates = new ArrayList<>();
        for (JsonNode node : keys.list("delegates")) {
            if (!(node instanceof ObjectNode delegate)) {
                throw keys.expected("an object", "delegates[" + delegates.size() + "]", node);
            }
            delegates.add(delegate);
        }
        return delegates;
    }
}
