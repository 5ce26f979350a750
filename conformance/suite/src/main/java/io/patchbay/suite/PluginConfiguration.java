package io.patchbay.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The configuration of one plugin, out of a file with it alone or with a list.
final class PluginConfiguration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "cniVersion";
    private static final String NAME = "name";
    private static final String PLUGINS = "plugins";

    private PluginConfiguration() {}

    /// @param plugin the binary's name, by which its entry in a list is found
    /// @throws Misuse for what is no configuration of that plugin
    static ObjectNode read(Path file, String plugin) {
        JsonNode read;
        try {
            read = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new Misuse("%s is not JSON: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new Misuse("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
        if (!(read instanceof ObjectNode whole)) {
            throw new Misuse(file + " holds no JSON object");
        }
        ObjectNode config = whole.has(PLUGINS) ? entry(file, whole, plugin) : whole;
        for (String key : new String[] {VERSION, NAME, "type"}) {
            if (!config.path(key).isTextual()) {
                throw new Misuse(
                        "%s has no \"%s\", which every configuration has".formatted(file, key));
            }
        }
        return config;
    }

    private static ObjectNode entry(Path file, ObjectNode list, String plugin) {
        JsonNode plugins = list.path(PLUGINS);
        for (JsonNode each : plugins) {
            boolean only = plugins.size() == 1;
            if (each instanceof ObjectNode config
                    && (only || config.path("type").asText().equals(plugin))) {
                config.set(VERSION, list.path(VERSION));
                config.set(NAME, list.path(NAME));
                return config;
            }
        }
        throw new Misuse("%s is a list without a plugin of type \"%s\"".formatted(file, plugin));
    }
}
