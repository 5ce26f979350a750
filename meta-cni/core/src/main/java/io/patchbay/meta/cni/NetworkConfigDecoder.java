package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Decodes a network's configuration: a list with `plugins`, or a single plugin object, which is a
/// list of one. Source: CNI SPEC.md 1.1.0, section 1; libcni/conf.go.
public final class NetworkConfigDecoder {
    private NetworkConfigDecoder() {}

    /// Refuses with 6 what is no JSON or has a wrong type, with 1 versions that are not spoken,
    /// with 7 the rest.
    ///
    /// @param what names the text in refusals: a file, or a network-attachment-definition
    /// @param defaultName the network's name where the text has none; empty where it must have one
    public static NetworkConfigList decode(String what, String text, String defaultName) {
        JsonObject config = JsonObject.read(what, Json.decode(what, text));
        String name = PluginConfigs.name(config, defaultName);
        CniVersion version = version(config);
        if (!config.json().has("plugins")) {
            return new NetworkConfigList(
                    name, version, false, false, List.of(PluginConfigs.check(config)));
        }
        return new NetworkConfigList(
                name,
                version,
                bool(config, "disableCheck"),
                bool(config, "disableGC"),
                plugins(config));
    }

    private static List<PluginConfig> plugins(JsonObject config) {
        List<JsonNode> elements = config.list("plugins");
        if (elements.isEmpty()) {
            throw config.refusal("plugins", "it is empty: a network has at least one plugin");
        }
        for (JsonNode element : elements) {
            if (element.isNull()) {
                throw config.refusal(
                        "plugins[" + elements.indexOf(element) + "]",
                        "it is null: an object with a type is expected");
            }
        }
        return config.objects("plugins").stream().map(PluginConfigs::check).toList();
    }

    /// The highest that is spoken of `cniVersion` and `cniVersions`.
    private static CniVersion version(JsonObject config) {
        List<String> offered = new ArrayList<>(config.strings("cniVersions"));
        config.string("cniVersion").ifPresent(offered::addFirst);
        if (offered.size() <= 1) {
            return CniVersion.of(offered.isEmpty() ? "" : offered.getFirst());
        }
        return offered.stream()
                .map(CniVersion::find)
                .flatMap(Optional::stream)
                .max(CniVersion::compareTo)
                .orElseThrow(() ->
                        new CniException(
                                Standard.INCOMPATIBLE_VERSION,
                                "none of the cniVersions %s is spoken here: use one of %s"
                                        .formatted(
                                                String.join(", ", offered),
                                                String.join(", ", CniVersion.spoken()))));
    }

    // libcni takes the words as well, for such files exist.
    private static boolean bool(JsonObject config, String key) {
        Optional<JsonNode> value = config.find(key);
        if (value.isPresent() && value.get().isTextual()) {
            String text = value.get().textValue().toLowerCase(Locale.ROOT);
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw config.expected("true or false", key, value.get());
            };
        }
        return config.bool(key).orElse(false);
    }
}
