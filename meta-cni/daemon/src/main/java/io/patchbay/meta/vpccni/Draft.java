package io.patchbay.meta.vpccni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import java.util.List;

/// The settings while they are written.
final class Draft {
    private static final String TYPE = "vpc";

    private final ObjectNode settings = Json.object();
    private final ObjectNode network = settings.putObject("defaultNetwork").put("type", TYPE);
    private final ObjectNode section = settings.putObject("delegates").putObject(TYPE);

    /// Sets a key of the section `vpc`.
    ///
    /// @param path with dots between a section and its keys
    /// @return what whoever reads it is told
    String put(String path, Object value) {
        JsonNode node = Json.mapper().valueToTree(value);
        List<String> keys = List.of(path.split("\\."));
        ObjectNode at = section;
        for (String key : keys.subList(0, keys.size() - 1)) {
            at = at.withObjectProperty(key);
        }
        at.set(keys.getLast(), node);
        return "becomes %s: %s".formatted(path, Json.text(node));
    }

    /// Sets a key of the default network.
    String network(String key, Object value) {
        JsonNode node = Json.mapper().valueToTree(value);
        network.set(key, node);
        return "becomes %s: %s of defaultNetwork".formatted(key, Json.text(node));
    }

    boolean has(String path) {
        return !section.at("/" + path.replace('.', '/')).isMissingNode();
    }

    ObjectNode settings() {
        return settings;
    }
}
