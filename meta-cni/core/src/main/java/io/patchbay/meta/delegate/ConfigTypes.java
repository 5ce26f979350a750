package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.ipam.AddressSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What binding would come to, without any delegate: who would make a step, and whether its
/// configuration would be taken.
public final class ConfigTypes {
    private final Map<String, Class<? extends Record>> delegates = new HashMap<>();
    private final Map<String, Class<? extends Record>> settings = new HashMap<>();
    private final Map<String, Class<? extends Record>> sources = new HashMap<>();
    private final Binaries binaries;
    private final UnknownKeys unknown;

    /// @param directories where binaries are looked for behind a step's own
    public ConfigTypes(
            List<DelegateProvider<?>> providers,
            Sources sources,
            List<Path> directories,
            UnknownKeys unknown) {
        for (DelegateProvider<?> provider : providers) {
            delegates.put(provider.type(), provider.configType());
            provider.settingsType().ifPresent(type -> settings.put(provider.type(), type));
        }
        for (Map.Entry<String, AddressSource<?>> source : sources.builtIn().entrySet()) {
            this.sources.put(source.getKey(), source.getValue().configType());
        }
        this.binaries = new Binaries(directories);
        this.unknown = unknown;
    }

    /// All that is wrong with a delegate's section of the configuration.
    ///
    /// @param where names the section
    public List<String> settingsProblems(String where, String delegate, ObjectNode section) {
        if (!delegates.containsKey(delegate)) {
            String advice =
                    Spelling.nearest(delegate, delegates.keySet())
                            .map("did you mean \"%s\"?"::formatted)
                            .orElseGet(() ->
                                    "there are "
                                            + String.join(", ", new TreeSet<>(delegates.keySet())));
            return List.of("%s: there is no such delegate: %s".formatted(where, advice));
        }
        Class<? extends Record> type = settings.get(delegate);
        if (type != null) {
            return ConfigBinder.settingsProblems(where, section, type);
        }
        return section.isEmpty()
                ? List.of()
                : List.of("%s: this delegate has no settings: remove it".formatted(where));
    }

    /// Says who would make a step: `in process`, or the path of a binary. Code 7 where nobody
    /// would.
    public String maker(PlannedAttachment attachment, PlannedStep step) {
        return delegates.containsKey(step.type())
                ? "in process"
                : binaries.get(step.type(), attachment, step, "").binary().toString();
    }

    /// Refuses what a plugin's delegate would; a foreign binary's keys are its own.
    ///
    /// @param network names it in refusals
    public void checkConfig(String network, PluginConfig plugin) {
        Class<? extends Record> type = delegates.get(plugin.type());
        if (type != null) {
            ConfigBinder.config(where(network, plugin), plugin.json(), type, unknown);
        }
    }

    /// Refuses what the address source of a delegate's plugin would.
    public void checkAddresses(String network, PluginConfig plugin) {
        if (!delegates.containsKey(plugin.type())) {
            return;
        }
        plugin.ipam()
                .ifPresent(ipam -> {
                    var source = sources.get(ipam.path("type").asText());
                    if (source != null) {
                        ConfigBinder.ipam(where(network, plugin), ipam, source, unknown);
                    }
                });
    }

    private static String where(String network, PluginConfig plugin) {
        return "%s, plugin %s".formatted(network, plugin.type());
    }
}
