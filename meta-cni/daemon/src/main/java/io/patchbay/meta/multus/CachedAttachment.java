package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.cni.ResultCodec;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.DeviceInfoFiles;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One attachment that Multus made, by what its two caches tell of it; at least one of them does.
record CachedAttachment(
        String containerId,
        String ifName,
        Optional<CachedDelegate> delegate,
        Optional<CachedResult> result) {
    // Before 0.4.0 there is no prevResult on DEL (CNI SPEC.md 0.4.0; libcni/api.go).
    private static final Set<String> WITHOUT_PREVIOUS = Set.of("", "0.1.0", "0.2.0", "0.3.0");

    /// Plans its chain as libcni would call it for DEL and CHECK, with the final result in each
    /// plugin's configuration.
    ///
    /// @param args the pairs of CNI_ARGS, for where no entry tells those of the ADD
    PlannedAttachment plan(
            Map<String, String> args, List<String> path, DeviceInfoDirectory deviceInfo) {
        ObjectNode config =
                delegate.flatMap(CachedDelegate::config)
                        .or(() -> result.flatMap(CachedResult::config))
                        .orElseThrow(this::withoutConfig);
        String network = network(config);
        String version = version(config);
        List<PlannedStep> steps = new ArrayList<>();
        for (ObjectNode plugin : plugins(config)) {
            steps.add(
                    new PlannedStep(
                            steps.size(),
                            new PluginConfig(input(plugin, network, version)),
                            Capabilities.NONE,
                            arguments(args),
                            path,
                            Optional.empty()));
        }
        return new PlannedAttachment(
                new AttachmentId(containerId, network, ifName),
                delegate.map(CachedDelegate::name).filter(name -> !name.isEmpty()).orElse(network),
                CniVersion.find(version).orElse(CniVersion.V0_3_1),
                config.path("disableCheck").asBoolean(),
                config.path("disableGC").asBoolean(),
                Optional.empty(),
                Optional.of(deviceInfo(network, deviceInfo)),
                steps);
    }

    /// As Multus told the plugins; of an ADD that came to no end nothing is left but how it names
    /// such files.
    private DeviceInfoFiles deviceInfo(String network, DeviceInfoDirectory directory) {
        return result.map(entry -> entry.capabilities().path("CNIDeviceInfoFile").asText())
                .filter(told -> !told.isEmpty())
                .map(told -> new DeviceInfoFiles(Optional.empty(), told))
                .orElseGet(() ->
                        directory.ofMultus(
                                delegate.map(CachedDelegate::name).orElse(network),
                                containerId,
                                ifName));
    }

    private CniException withoutConfig() {
        return new CniException(
                Standard.UNDECODABLE,
                "%s: the configuration of %s is in neither of Multus' caches: undo it by hand, and remove the files"
                        .formatted(place(), ifName));
    }

    private String place() {
        return result.map(entry -> entry.file().toString())
                .orElse("Multus' cache of container " + containerId);
    }

    private List<ObjectNode> plugins(ObjectNode config) {
        if (!config.has("plugins")) {
            return List.of(typed(config));
        }
        List<ObjectNode> plugins = new ArrayList<>();
        config.path("plugins").forEach(plugin -> plugins.add(typed(plugin)));
        return plugins;
    }

    private ObjectNode typed(JsonNode plugin) {
        if (plugin instanceof ObjectNode object && !plugin.path("type").asText().isEmpty()) {
            return object;
        }
        throw new CniException(
                Standard.UNDECODABLE,
                "%s: a plugin of %s has no \"type\": undo it by hand, and remove the files"
                        .formatted(place(), ifName));
    }

    private String network(ObjectNode config) {
        String own = config.path("name").asText();
        if (!own.isEmpty()) {
            return own;
        }
        String named = delegate.map(CachedDelegate::name).orElse("");
        return result.map(CachedResult::network).orElse(named.substring(named.indexOf('/') + 1));
    }

    /// As libcni chose it: the result is in the configuration's version.
    private String version(ObjectNode config) {
        String told =
                config.has("cniVersions")
                        ? result.flatMap(CachedResult::result)
                                .map(json -> json.path("cniVersion").asText())
                                .orElse("")
                        : "";
        return told.isEmpty() ? config.path("cniVersion").asText() : told;
    }

    private ObjectNode input(ObjectNode plugin, String network, String version) {
        ObjectNode input = plugin.deepCopy();
        input.put("name", network);
        if (!version.isEmpty()) {
            input.put("cniVersion", version);
        }
        ObjectNode runtimeConfig = runtimeConfig(plugin);
        if (!runtimeConfig.isEmpty()) {
            input.set("runtimeConfig", runtimeConfig);
        }
        previous(version).ifPresent(json -> input.set("prevResult", json));
        return input;
    }

    private Optional<ObjectNode> previous(String version) {
        if (WITHOUT_PREVIOUS.contains(version) || version.equals(CniVersion.V0_3_1.toString())) {
            return Optional.empty();
        }
        return result.flatMap(CachedResult::result).map(json -> convert(json, version));
    }

    private ObjectNode convert(ObjectNode json, String version) {
        Optional<CniVersion> known = CniVersion.find(version);
        if (json.path("cniVersion").asText().equals(version) || known.isEmpty()) {
            return json;
        }
        return ResultCodec.encode(ResultCodec.decode(place(), json), known.get());
    }

    /// What a plugin declares of what was offered to it.
    private ObjectNode runtimeConfig(ObjectNode plugin) {
        ObjectNode given = Json.object();
        ObjectNode offered = result.map(CachedResult::capabilities).orElseGet(Json::object);
        for (String capability : new PluginConfig(plugin).capabilities()) {
            if (offered.has(capability)) {
                given.set(capability, offered.get(capability));
            }
        }
        return given;
    }

    private Map<String, String> arguments(Map<String, String> args) {
        Map<String, String> cached = result.map(CachedResult::args).orElse(Map.of());
        if (!cached.isEmpty()) {
            return cached;
        }
        Map<String, String> asked = new LinkedHashMap<>(args);
        delegate.map(CachedDelegate::macRequest)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> asked.put("MAC", text));
        delegate.map(CachedDelegate::ipRequest)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> asked.put("IP", text));
        return asked;
    }
}
