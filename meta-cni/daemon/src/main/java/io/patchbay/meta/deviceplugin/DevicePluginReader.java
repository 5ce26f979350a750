package io.patchbay.meta.deviceplugin;

import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the section `devicePlugin` of the configuration.
public final class DevicePluginReader {
    /// As the SR-IOV network device plugin has it where its command line names none.
    private static final String USUAL_PREFIX = "intel.com";

    private static final String FILE = "configFile";

    private static final Set<String> KEYS =
            Set.of(PoolsReader.KEY, FILE, "resourcePrefix", "linkHealth", "cdi", "root");

    private DevicePluginReader() {}

    /// Empty where the section says nothing, which means that nothing is offered.
    ///
    /// @param problems what is wrong is added to
    public static Optional<DevicePluginSettings> read(JsonObject section, List<String> problems) {
        if (section.json().isEmpty()) {
            return Optional.empty();
        }
        try {
            section.allowOnly(KEYS);
            return Optional.of(
                    new DevicePluginSettings(
                            source(section, problems),
                            section.bool("linkHealth").orElse(false),
                            section.bool("cdi").filter(on -> on).map(_ -> DevicePluginSettings.CDI),
                            path(section, "root")));
        } catch (CniException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static DevicePluginSettings.Source source(JsonObject section, List<String> problems) {
        String prefix =
                section.string("resourcePrefix")
                        .map(text -> PoolsReader.prefix(section, text))
                        .orElse(USUAL_PREFIX);
        Optional<Path> file = path(section, FILE);
        if (file.isPresent() && section.has(PoolsReader.KEY)) {
            throw section.refusal(
                    FILE,
                    "\"%s\" and resourceList both say the pools: remove one".formatted(file.get()));
        }
        if (file.isEmpty() && !section.has(PoolsReader.KEY)) {
            throw section.refusal(
                    PoolsReader.KEY,
                    "it is missing, and so is %s: one of them says the pools".formatted(FILE));
        }
        return file.<DevicePluginSettings.Source>map(path -> new PoolFile(path, prefix))
                .orElseGet(() ->
                        new DevicePluginSettings.Here(PoolsReader.read(section, prefix, problems)));
    }

    private static Optional<Path> path(JsonObject section, String key) {
        return section.string(key)
                .map(text -> {
                    if (!text.startsWith("/")) {
                        throw section.refusal(key, "\"%s\" is no absolute path".formatted(text));
                    }
                    return Path.of(text);
                });
    }
}
