package io.patchbay.meta.deviceplugin;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `resourceList`, in the words of the SR-IOV network device plugin, and goes on after each
/// pool that is wrong.
final class PoolsReader {
    static final String KEY = "resourceList";

    // What that plugin takes, within what Kubernetes takes for the name of a resource.
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String RESERVED = "kubernetes.io";

    private static final Set<String> KEYS =
            Set.of(
                    "resourceName",
                    "resourcePrefix",
                    "deviceType",
                    "excludeTopology",
                    "selectors",
                    "additionalInfo");

    private final JsonObject root;
    private final String usualPrefix;
    private final List<String> problems;
    private final Map<String, Integer> seen = new LinkedHashMap<>();

    private PoolsReader(JsonObject root, String usualPrefix, List<String> problems) {
        this.root = root;
        this.usualPrefix = usualPrefix;
        this.problems = problems;
    }

    /// @param usualPrefix for pools that name none
    /// @param problems what is wrong is added to
    static List<PoolSettings> read(JsonObject root, String usualPrefix, List<String> problems) {
        return new PoolsReader(root, usualPrefix, problems).read();
    }

    private List<PoolSettings> read() {
        List<PoolSettings> pools = new ArrayList<>();
        List<JsonObject> objects = root.objects(KEY);
        for (int n = 0; n < objects.size(); n++) {
            try {
                PoolSettings pool = pool(objects.get(n));
                requireOther(objects.get(n), pool, n);
                pools.add(pool);
            } catch (CniException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(pools);
    }

    private void requireOther(JsonObject json, PoolSettings pool, int position) {
        Integer other = seen.putIfAbsent(pool.resource(), position);
        if (other != null) {
            throw json.refusal(
                    "resourceName",
                    "\"%s\" is taken: %s is the pool of %s[%d]: put its selectors there, as a list"
                            .formatted(pool.resourceName(), pool.resource(), KEY, other));
        }
    }

    private PoolSettings pool(JsonObject json) {
        json.allowOnly(KEYS);
        DeviceType type = deviceType(json);
        return new PoolSettings(
                json.string("resourcePrefix").map(text -> prefix(json, text)).orElse(usualPrefix),
                name(json),
                type,
                json.bool("excludeTopology").orElse(false),
                selectors(json, type),
                additionalInfo(json));
    }

    private static String name(JsonObject json) {
        String name = json.getString("resourceName");
        if (!NAME.matcher(name).matches()) {
            throw json.refusal(
                    "resourceName",
                    "\"%s\" is no name of a resource: up to 63 letters, digits, \"-\" and \"_\", the last two not at an end"
                            .formatted(name));
        }
        return name;
    }

    static String prefix(JsonObject json, String prefix) {
        if (!PREFIX.matcher(prefix).matches() || prefix.endsWith(RESERVED)) {
            throw json.refusal(
                    "resourcePrefix",
                    "\"%s\" is no prefix of a resource: write a domain of yours, such as \"intel.com\"; %s is the kubelet's own"
                            .formatted(prefix, RESERVED));
        }
        return prefix;
    }

    private static DeviceType deviceType(JsonObject json) {
        String word = json.string("deviceType").orElse(DeviceType.NET_DEVICE.word());
        if (word.equals("auxNetDevice")) {
            throw json.refusal(
                    "deviceType",
                    "\"auxNetDevice\" is not offered here: auxiliary devices, such as sub-functions, are no PCI functions");
        }
        return Arrays.stream(DeviceType.values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        json.refusal(
                                "deviceType",
                                "\"%s\" is neither \"netDevice\" nor \"accelerator\""
                                        .formatted(word)));
    }

    private static List<Selector> selectors(JsonObject json, DeviceType type) {
        JsonNode node = json.find("selectors").orElseThrow(() -> json.missing("selectors"));
        List<JsonObject> objects =
                node.isArray()
                        ? json.objects("selectors")
                        : json.object("selectors").stream().toList();
        if (objects.isEmpty()) {
            throw json.refusal("selectors", "the list is empty: no device would be in the pool");
        }
        return objects.stream().map(one -> new SelectorReader(one, type).read()).toList();
    }

    private static Map<String, Map<String, String>> additionalInfo(JsonObject json) {
        Optional<JsonObject> section = json.object("additionalInfo");
        if (section.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<String, String>> info = new LinkedHashMap<>();
        for (var entry : section.get().json().properties()) {
            String device = entry.getKey();
            if (!device.equals(PoolSettings.EVERY_DEVICE)) {
                section.get().parse(device, device, PciAddress::parse);
            }
            section.get().object(device).ifPresent(words -> info.put(device, words(words)));
        }
        return info;
    }

    private static Map<String, String> words(JsonObject json) {
        Map<String, String> words = new LinkedHashMap<>();
        for (var entry : json.json().properties()) {
            words.put(entry.getKey(), json.getString(entry.getKey()));
        }
        return words;
    }
}
