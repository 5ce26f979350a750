package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.delegate.Spelling;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.device.KubeletPaths;
import io.patchbay.meta.deviceplugin.DevicePluginReader;
import io.patchbay.meta.kube.KubernetesSettings;
import io.patchbay.meta.kube.SelectionRules;
import io.patchbay.meta.kube.SelectionRules.NamespaceNetworks;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.spi.cni.CniException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the keys of the configuration, one after the other, and goes on after each problem.
final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    // What libcni takes for a list of plugins.
    private static final Pattern CONFLIST = Pattern.compile("[^/]+\\.conflist");

    private final JsonObject root;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(JsonObject root) {
        this.root = root;
    }

    Settings read() {
        Settings usual = Settings.DEFAULT;
        Settings settings =
                new Settings(
                        take("socket", this::path, usual.socket()),
                        take("state", this::path, usual.state()),
                        take("threads", this::threads, usual.threads()),
                        take("deadline", this::duration, usual.deadline()),
                        kubernetes(),
                        take("manifests", this::path, usual.manifests()),
                        take("kubelet", this::kubelet, usual.kubelet()),
                        take("deviceInfoDirectory", this::path, usual.deviceInfoDirectory()),
                        take("cniConfigDirectory", this::path, usual.cniConfigDirectory()),
                        take("cniConfigName", this::conflist, usual.cniConfigName()),
                        take("pluginPath", this::paths, usual.pluginPath()),
                        take("delegatePath", this::paths, usual.delegatePath()),
                        take("defaultNetwork", this::network, usual.defaultNetwork()),
                        rules(usual.selection()),
                        take("networkConfigDirectory", this::path, usual.networkConfigDirectory()),
                        take("unknownKeys", this::unknownKeys, usual.unknownKeys()),
                        take("delegates", this::sections, usual.delegates()),
                        take("multus", this::multus, usual.multus()),
                        take("metrics", this::metrics, usual.metrics()),
                        DevicePluginReader.read(section("devicePlugin"), problems));
        refuseUnknown(root, known, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems, settings);
        }
        return settings;
    }

    /// A section that says nothing is none.
    private Optional<KubernetesSettings> kubernetes() {
        JsonObject section = section("kubernetes");
        return section.json().isEmpty()
                ? Optional.empty()
                : KubernetesReader.read(section, problems);
    }

    private JsonObject section(String key) {
        return take(key, root::object, root.with(Json.object()));
    }

    private <T> T take(String key, Function<String, Optional<T>> reader, T usual) {
        known.add(key);
        try {
            return reader.apply(key).orElse(usual);
        } catch (CniException e) {
            problems.add(String.valueOf(e.getMessage()));
            return usual;
        }
    }

    static void refuseUnknown(JsonObject object, Set<String> known, List<String> problems) {
        for (var entry : object.json().properties()) {
            String key = entry.getKey();
            if (!known.contains(key)) {
                String advice =
                        Spelling.nearest(key, known)
                                .map("did you mean \"%s\"?"::formatted)
                                .orElse("use one of " + String.join(", ", known));
                problems.add(
                        String.valueOf(
                                object.refusal(key, "it is unknown: " + advice).getMessage()));
            }
        }
    }

    private Optional<Path> path(String key) {
        return path(root, key);
    }

    private Optional<List<Path>> paths(String key) {
        if (!root.has(key)) {
            return Optional.empty();
        }
        return Optional.of(root.strings(key).stream().map(text -> path(key, text)).toList());
    }

    private Path path(String key, String text) {
        if (!text.startsWith("/")) {
            throw root.refusal(key, "\"%s\" is no absolute path".formatted(text));
        }
        return Path.of(text);
    }

    private Optional<Settings.Multus> multus(String key) {
        return root.object(key)
                .flatMap(section -> {
                    section.allowOnly(Set.of("cache"));
                    return path(section, "cache").map(Settings.Multus::new);
                });
    }

    private Optional<Settings.Metrics> metrics(String key) {
        return root.object(key)
                .map(section -> {
                    section.allowOnly(Set.of("listen"));
                    return new Settings.Metrics(
                            section.string("listen").map(text -> listen(section, text)));
                });
    }

    private static InetSocketAddress listen(JsonObject section, String text) {
        return ListenAddress.parse(text)
                .orElseThrow(() ->
                        section.refusal(
                                "listen",
                                "\"%s\" is no address and port: write \"127.0.0.1:9476\" or \"[::1]:9476\""
                                        .formatted(text)));
    }

    private Optional<KubeletPaths> kubelet(String key) {
        KubeletPaths usual = KubeletPaths.DEFAULT;
        return root.object(key)
                .map(section -> {
                    section.allowOnly(Set.of("podResources", "checkpoint", "devicePlugins"));
                    return new KubeletPaths(
                            path(section, "podResources").orElse(usual.podResources()),
                            path(section, "checkpoint").orElse(usual.checkpoint()),
                            path(section, "devicePlugins").orElse(usual.devicePlugins()));
                });
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

    private Optional<Integer> threads(String key) {
        var threads = root.integer(key, 1, 256);
        return threads.isPresent() ? Optional.of(threads.getAsInt()) : Optional.empty();
    }

    private Optional<Duration> duration(String key) {
        return root.string(key).map(text -> duration(key, text));
    }

    private Duration duration(String key, String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw root.refusal(
                    key, "\"%s\" is no duration: write 500ms, 90s or 2m".formatted(text));
        }
        long amount = Long.parseLong(parts.group(1));
        Duration duration =
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    default -> Duration.ofMinutes(amount);
                };
        if (duration.toMillis() < 100 || duration.toMinutes() > 60) {
            throw root.refusal(key, "\"%s\" is out of range: it is 100ms to 60m".formatted(text));
        }
        return duration;
    }

    private Optional<String> conflist(String key) {
        return root.string(key).map(text -> conflist(key, text));
    }

    private String conflist(String key, String text) {
        if (!CONFLIST.matcher(text).matches()) {
            throw root.refusal(
                    key, "\"%s\" is no name of a file that ends in .conflist".formatted(text));
        }
        return text;
    }

    /// A network of one plugin is named by its type unless it has a name.
    private Optional<NetworkConfigList> network(String key) {
        return root.object(key)
                .map(object -> {
                    ObjectNode json = object.json().deepCopy();
                    if (!json.has("cniVersion") && !json.has("cniVersions")) {
                        json.put("cniVersion", CniVersion.NEWEST.toString());
                    }
                    return NetworkConfigDecoder.decode(
                            "%s, key \"%s\"".formatted(root.where(), key),
                            Json.text(json),
                            json.has("plugins") ? "" : json.path("type").asText("main"));
                });
    }

    private SelectionRules rules(SelectionRules usual) {
        return new SelectionRules(
                take("defaultNetworks", this::selections, usual.everyPods()),
                take("systemNamespaces", this::namespaces, usual.systemNamespaces()),
                take("namespaceNetworks", this::byNamespace, usual.byNamespace()),
                take("networkNamespace", this::namespace, usual.networkNamespace()),
                take("namespaceIsolation", root::bool, usual.isolation()),
                take("sharedNamespaces", this::namespaces, usual.sharedNamespaces()));
    }

    private Optional<List<NetworkSelection>> selections(String key) {
        return root.has(key)
                ? Optional.of(SelectionRulesReader.selections(root, key))
                : Optional.empty();
    }

    private Optional<List<NamespaceNetworks>> byNamespace(String key) {
        return root.has(key)
                ? Optional.of(
                        root.objects(key).stream()
                                .map(SelectionRulesReader::namespaceNetworks)
                                .toList())
                : Optional.empty();
    }

    private Optional<String> namespace(String key) {
        return root.string(key).map(text -> SelectionRulesReader.namespace(root, key, text));
    }

    private Optional<Set<String>> namespaces(String key) {
        return root.has(key)
                ? Optional.of(
                        root.strings(key).stream()
                                .map(text -> SelectionRulesReader.namespace(root, key, text))
                                .collect(Collectors.toSet()))
                : Optional.empty();
    }

    private Optional<UnknownKeys> unknownKeys(String key) {
        return root.string(key)
                .map(text ->
                        switch (text) {
                            case "refuse" -> UnknownKeys.REFUSED;
                            case "warn" -> UnknownKeys.warned();
                            default ->
                                    throw root.refusal(
                                            key,
                                            "\"%s\" is neither \"refuse\" nor \"warn\""
                                                    .formatted(text));
                        });
    }

    private Optional<Map<String, ObjectNode>> sections(String key) {
        return root.object(key)
                .map(object -> {
                    Map<String, ObjectNode> sections = new LinkedHashMap<>();
                    for (var entry : object.json().properties()) {
                        sections.put(
                                entry.getKey(),
                                object.object(entry.getKey())
                                        .map(JsonObject::json)
                                        .orElseGet(Json::object));
                    }
                    return sections;
                });
    }
}
