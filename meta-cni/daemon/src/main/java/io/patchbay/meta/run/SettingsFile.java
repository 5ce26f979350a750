package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.kube.Yaml;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the settings come from: a YAML file, and two variables of the environment.
public final class SettingsFile {
    /// Read where none is named; it need not be there.
    public static final Path USUAL = Path.of("/etc/patchbay/patchbay.yaml");

    private SettingsFile() {}

    /// Reads a file that must be there, or {@link #USUAL} where none is named. All that is wrong is
    /// one {@link InvalidSettings}.
    public static Settings read(Optional<Path> named, Map<String, String> environment) {
        Path file = named.orElse(USUAL);
        if (named.isEmpty() && Files.notExists(file)) {
            return override(Settings.DEFAULT, environment);
        }
        try {
            return override(decode(file.toString(), Files.readString(file)), environment);
        } catch (IOException e) {
            throw new InvalidSettings(
                    List.of("%s cannot be read: %s".formatted(file, Reason.of(e))));
        }
    }

    /// @param what names the text in problems
    static Settings decode(String what, String text) {
        Optional<JsonNode> root;
        try {
            root = Yaml.read(text);
        } catch (Yaml.Malformed e) {
            throw new InvalidSettings(
                    List.of("%s, line %d: %s".formatted(what, e.line(), e.reason())));
        }
        try {
            return root.map(node -> new SettingsReader(JsonObject.read(what, node)).read())
                    .orElse(Settings.DEFAULT);
        } catch (CniException e) {
            throw new InvalidSettings(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Settings override(Settings settings, Map<String, String> environment) {
        return settings.at(
                path(environment, "PATCHBAY_SOCKET", settings.socket()),
                path(environment, "PATCHBAY_STATE", settings.state()));
    }

    private static Path path(Map<String, String> environment, String key, Path otherwise) {
        String value = environment.getOrDefault(key, "");
        return value.isEmpty() ? otherwise : Path.of(value);
    }
}
