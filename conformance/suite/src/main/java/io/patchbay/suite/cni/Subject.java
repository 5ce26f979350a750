package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.Plugin;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.SpecVersion;
import java.util.Set;

/// What is certified: a plugin with a configuration.
///
/// @param config of this one plugin, with its cniVersion and name
/// @param cniPath CNI_PATH
/// @param args CNI_ARGS; empty for none
/// @param setUp shell commands that make of an empty node one that the configuration fits
/// @param ground where the plugin is let work
/// @param spoken the versions that VERSION told
public record Subject(
        Plugin plugin,
        ObjectNode config,
        String cniPath,
        String args,
        String setUp,
        Ground ground,
        Kind kind,
        Set<SpecVersion> spoken) {
    /// Where a plugin is let work.
    public enum Ground {
        /// A node of its own for each row, without anything in it.
        PRIVATE,
        /// This node itself, because the plugin's daemon is there.
        HERE
    }

    private static final String LINK =
            """
            ip link add '%1$s' type veth peer name suite-wire%2$d
            ip link set '%1$s' up
            ip link set suite-wire%2$d up
            """;

    public Subject {
        config = config.deepCopy();
        spoken = Set.copyOf(spoken);
    }

    public Subject as(Kind other) {
        return new Subject(plugin, config, cniPath, args, setUp, ground, other, spoken);
    }

    public Subject speaking(Set<SpecVersion> versions) {
        return new Subject(plugin, config, cniPath, args, setUp, ground, kind, versions);
    }

    /// The commands that make the links that the configuration counts on.
    String links() {
        StringBuilder commands = new StringBuilder();
        int index = 0;
        for (String master : Set.copyOf(config.findValuesAsText("master"))) {
            commands.append(LINK.formatted(master, index++));
        }
        return commands.toString();
    }

    PluginCall call(String command, ObjectNode input) {
        PluginCall call = PluginCall.of(command, input).with(PluginCall.PATH, cniPath);
        return args.isEmpty() ? call : call.with(PluginCall.ARGS, args);
    }
}
