package io.patchbay.meta.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CapabilitiesCodec;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Plans the chain of one network: what each of its plugins is told. Source: CNI SPEC.md 1.1.0,
/// "Deriving request configuration from plugin configuration"; NPWG multi-network specification
/// v1.3, §4.1.2.1.
final class ChainPlanner {
    private static final String DEVICE_INFO = "CNIDeviceInfoFile";

    private final CniRequest request;
    private final SelectedNetwork selected;
    private final String place;
    private final ObjectNode wishes;
    private final ObjectNode offered;

    /// @param position of the network in the sandbox, 0 for the default one
    ChainPlanner(CniRequest request, SelectedNetwork selected, int position) {
        this.request = request;
        this.selected = selected;
        this.place = Planner.place(position, selected);
        this.wishes = CapabilitiesCodec.encode(selected.selection().wishes());
        // What the runtime offers is for the default network only (NPWG §7.5).
        this.offered = position == 0 ? ofRuntime() : Json.object();
        selected.selection().device().ifPresent(device -> offered.put("deviceID", device.value()));
        offered.setAll(wishes);
    }

    /// @param firstStep the number of steps planned before
    PlannedAttachment plan(String ifName, int firstStep, DeviceInfoDirectory directory) {
        refuseUndeclared();
        NetworkConfigList network = selected.network();
        AttachmentId id = new AttachmentId(request.containerId(), network.name(), ifName);
        Optional<DeviceInfoFiles> deviceInfo = deviceInfo(id, directory);
        deviceInfo.ifPresent(files -> offered.put(DEVICE_INFO, files.own()));
        List<PlannedStep> steps = new ArrayList<>();
        for (PluginConfig plugin : network.plugins()) {
            steps.add(step(plugin, firstStep + steps.size()));
        }
        return new PlannedAttachment(
                id,
                selected.title(),
                network.version(),
                network.disableCheck(),
                network.disableGc(),
                selected.selection().defaultRoute().map(DefaultRoute::new),
                deviceInfo,
                steps);
    }

    /// Whoever declares the capability is told a file, with or without a device, for it may be the
    /// plugin that makes one (device-info specification §4.2.1); and what a device plugin has to
    /// say is for network-status whether a CNI plugin asks or not.
    private Optional<DeviceInfoFiles> deviceInfo(AttachmentId id, DeviceInfoDirectory directory) {
        DeviceInfoFiles files =
                directory.of(id, selected.resource(), selected.selection().device());
        boolean declared =
                selected.network().plugins().stream()
                        .anyMatch(plugin -> plugin.capabilities().contains(DEVICE_INFO));
        return Optional.of(files).filter(one -> declared || one.source().isPresent());
    }

    private PlannedStep step(PluginConfig plugin, int position) {
        SelfDelegation.refuse(place, plugin, request.config().type());
        ObjectNode json = plugin.json().deepCopy();
        json.properties().removeIf(entry -> entry.getKey().startsWith("cni.dev/"));
        json.remove("capabilities");
        json.put("name", selected.network().name());
        json.put("cniVersion", selected.network().version().toString());
        selected.selection()
                .cniArgs()
                .forEach((key, text) -> cniArgs(json).set(key, Json.decode("cni-args", text)));
        ObjectNode runtimeConfig = runtimeConfig(plugin);
        if (!runtimeConfig.isEmpty()) {
            json.set("runtimeConfig", runtimeConfig);
        }
        return new PlannedStep(
                position,
                new PluginConfig(json),
                capabilities(json, runtimeConfig),
                arguments(),
                request.path(),
                selected.selection().device());
    }

    private Capabilities capabilities(ObjectNode json, ObjectNode runtimeConfig) {
        JsonNode ips = json.path("args").path("cni").path("ips");
        if (runtimeConfig.has("ips") || ips.isMissingNode()) {
            return CapabilitiesCodec.decode(
                    JsonObject.read(place + ", runtimeConfig", runtimeConfig));
        }
        ObjectNode asked = runtimeConfig.deepCopy();
        asked.set("ips", ips);
        return CapabilitiesCodec.decode(
                JsonObject.read(place + ", runtimeConfig and args.cni", asked));
    }

    /// What the plugin declares of what is offered, over what its configuration holds already.
    private ObjectNode runtimeConfig(PluginConfig plugin) {
        ObjectNode json =
                plugin.find("runtimeConfig").orElse(null) instanceof ObjectNode own
                        ? own.deepCopy()
                        : Json.object();
        for (String capability : plugin.capabilities()) {
            JsonNode value = offered.get(capability);
            if (value != null) {
                json.set(capability, value);
            }
        }
        return json;
    }

    /// CNI_ARGS, with the addresses that are asked for as the older plugins read them.
    private Map<String, String> arguments() {
        Capabilities asked = selected.selection().wishes();
        Map<String, String> args = new LinkedHashMap<>(request.args());
        if (!asked.ips().isEmpty()) {
            args.put(
                    "IP",
                    asked.ips().stream().map(Object::toString).collect(Collectors.joining(",")));
        }
        asked.mac().ifPresent(mac -> args.put("MAC", mac.toString()));
        return args;
    }

    private void refuseUndeclared() {
        for (var wish : wishes.properties()) {
            String capability = wish.getKey();
            boolean declared =
                    selected.network().plugins().stream()
                            .anyMatch(plugin -> plugin.capabilities().contains(capability));
            if (!declared) {
                String types =
                        selected.network().plugins().stream()
                                .map(PluginConfig::type)
                                .collect(Collectors.joining(", "));
                throw CniException.invalidConfig(
                        "%s is asked for %s: none of its plugins (%s) declares the capability \"%s\""
                                .formatted(place, wish, types, capability));
            }
        }
    }

    private ObjectNode ofRuntime() {
        return request.config().find("runtimeConfig").orElse(null) instanceof ObjectNode given
                ? given.deepCopy()
                : Json.object();
    }

    private static ObjectNode cniArgs(ObjectNode plugin) {
        return child(child(plugin, "args"), "cni");
    }

    private static ObjectNode child(ObjectNode json, String key) {
        return json.get(key) instanceof ObjectNode child ? child : json.putObject(key);
    }
}
