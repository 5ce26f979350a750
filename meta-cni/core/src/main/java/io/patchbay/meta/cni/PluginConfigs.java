package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/// Checks the keys of a plugin object that the core reads; all others pass as they are.
final class PluginConfigs {
    // A type is looked up as a file of the plug-in path.
    private static final Pattern NO_FILE_NAME = Pattern.compile("[/\\\\\\x00]|\\A\\.{0,2}\\z");

    private PluginConfigs() {}

    static PluginConfig check(JsonObject config) {
        requireType(config);
        config.object("ipam")
                .filter(ipam -> ipam.has("type"))
                .ifPresent(PluginConfigs::requireType);
        config.object("args").ifPresent(args -> args.object("cni"));
        config.object("runtimeConfig");
        config.object("capabilities").ifPresent(PluginConfigs::requireBooleans);
        return new PluginConfig(config.json());
    }

    /// The network's name: the object's own, else the default.
    static String name(JsonObject config, String defaultName) {
        String name = config.string("name").orElse(defaultName);
        if (name.isEmpty()) {
            throw config.missing("name");
        }
        Names.identifierProblem(name)
                .ifPresent(words -> {
                    throw config.refusal("name", "\"%s\" %s".formatted(name, words));
                });
        return name;
    }

    private static void requireType(JsonObject config) {
        String type = config.getString("type");
        if (NO_FILE_NAME.matcher(type).find()) {
            throw config.refusal(
                    "type", "\"%s\" cannot be the name of a plugin's file".formatted(type));
        }
    }

    private static void requireBooleans(JsonObject capabilities) {
        ObjectNode json = capabilities.json();
        json.fieldNames().forEachRemaining(capabilities::bool);
    }
}
