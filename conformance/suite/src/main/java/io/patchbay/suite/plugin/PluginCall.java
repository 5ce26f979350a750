package io.patchbay.suite.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// One call of a plugin: the environment, and what goes to its stdin.
public record PluginCall(Map<String, String> environment, String input) {
    public static final String COMMAND = "CNI_COMMAND";
    public static final String CONTAINER = "CNI_CONTAINERID";
    public static final String NETNS = "CNI_NETNS";
    public static final String IFNAME = "CNI_IFNAME";
    public static final String ARGS = "CNI_ARGS";
    public static final String PATH = "CNI_PATH";

    public PluginCall {
        environment = Map.copyOf(environment);
    }

    /// A call with the command alone. As from a runtime, the plugin sees the caller's own
    /// environment (libcni, pkg/invoke).
    public static PluginCall of(String command, JsonNode input) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(key -> key.startsWith("CNI_"));
        environment.put(COMMAND, command);
        return new PluginCall(environment, input.toString());
    }

    public PluginCall with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put(key, value);
        return new PluginCall(changed, input);
    }

    public PluginCall without(String key) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.remove(key);
        return new PluginCall(changed, input);
    }

    public PluginCall input(String text) {
        return new PluginCall(environment, text);
    }

    public String command() {
        return environment.getOrDefault(COMMAND, "");
    }
}
