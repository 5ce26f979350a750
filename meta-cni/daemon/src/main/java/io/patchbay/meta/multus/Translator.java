package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Spelling;
import io.patchbay.meta.translation.Remarks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes our settings for the keys of Multus, one after the other, and a sentence on each.
final class Translator {
    static final String CONF_DIR = "/etc/cni/multus/net.d";
    static final String NAMESPACE = "kube-system";
    private static final String CNI_DIR = "/var/lib/cni/multus";
    private static final List<String> PLUGIN_PATH = List.of("/opt/cni/bin", "/usr/lib/cni");
    private static final Set<String> CAPABILITIES =
            Set.of("ips", "mac", "portMappings", "bandwidth");
    private static final int MOST_THREADS = 256;

    private final MultusConfig config;
    private final Remarks remarks;
    private final ObjectNode settings;

    Translator(MultusConfig config, Remarks remarks, ObjectNode settings) {
        this.config = config;
        this.remarks = remarks;
        this.settings = settings;
    }

    /// Everything but the networks themselves, which are {@link DefaultNetworks}' matter.
    void translate() {
        directories();
        namespaces();
        limits();
        settings.put("unknownKeys", "warn");
        remarks.add(
                "unknownKeys",
                "is written as \"warn\": a key of a network that its delegate does not know is told and left out, as binaries do; \"refuse\" is the stricter default");
        for (var entry : config.keys().json().properties()) {
            answer(entry.getKey());
        }
    }

    private void directories() {
        String confDir = config.text("confDir", CONF_DIR);
        settings.put("networkConfigDirectory", ConfigFiles.onNode(confDir).toString());
        told("confDir", "becomes networkConfigDirectory");
        settings.putObject("multus").put("cache", config.text("cniDir", CNI_DIR));
        told(
                "cniDir",
                "becomes multus.cache: pods that Multus attached are undone from there, by the binaries that it called");
        Set<String> path = new LinkedHashSet<>();
        config.keys().string("binDir").filter(text -> !text.isEmpty()).ifPresent(path::add);
        path.addAll(PLUGIN_PATH);
        ArrayNode list = settings.putArray("pluginPath");
        path.forEach(list::add);
        told(
                "binDir",
                "becomes the first of pluginPath, which is looked into behind the CNI_PATH of the runtime, not before it");
        config.keys()
                .string("cniConfigDir")
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> {
                    Path directory = ConfigFiles.onNode(text);
                    settings.put("cniConfigDirectory", directory.toString());
                    told("cniConfigDir", "becomes cniConfigDirectory: " + directory);
                });
    }

    private void namespaces() {
        settings.put("networkNamespace", config.text("multusNamespace", NAMESPACE));
        told("multusNamespace", "becomes networkNamespace");
        ArrayNode system = settings.putArray("systemNamespaces");
        if (config.keys().has("systemNamespaces")) {
            config.keys().strings("systemNamespaces").forEach(system::add);
        } else {
            system.add(NAMESPACE);
        }
        told("systemNamespaces", "stays: pods in them get no defaultNetworks");
        boolean isolated = config.keys().bool("namespaceIsolation").orElse(false);
        settings.put("namespaceIsolation", isolated);
        told("namespaceIsolation", "stays, and holds for every way to name a network");
        String shared = config.text("globalNamespaces", "");
        if (shared.isEmpty()) {
            told("globalNamespaces", "is empty: networks of namespace default are for all");
            return;
        }
        List<String> exempt = Arrays.stream(shared.split(",", -1)).map(String::strip).toList();
        ArrayNode list = settings.putArray("sharedNamespaces");
        exempt.stream().filter(name -> !name.isEmpty()).forEach(list::add);
        told(
                "globalNamespaces",
                "becomes sharedNamespaces"
                        + (exempt.contains("default")
                                ? ""
                                : ": as with Multus, namespace default is not for all any more, for it is not named"));
    }

    private void limits() {
        var limit = config.keys().integer("connectionLimit", 0, Integer.MAX_VALUE);
        if (limit.isPresent() && limit.getAsInt() > 0) {
            int threads = Math.min(limit.getAsInt(), MOST_THREADS);
            settings.put("threads", threads);
            told(
                    "connectionLimit",
                    "becomes threads: %d requests are answered at once, and more wait their turn"
                            .formatted(threads));
        } else {
            told(
                    "connectionLimit",
                    "sets no limit; Patchbay answers 16 requests at once (threads)");
        }
        told(
                "logLevel",
                "has no key: set PATCHBAY_LOG=%s in the daemon's environment"
                        .formatted(level(config.text("logLevel", "panic"))));
        config.keys()
                .object("capabilities")
                .ifPresent(object -> {
                    List<String> others =
                            object.json().properties().stream()
                                    .filter(entry -> entry.getValue().asBoolean())
                                    .map(entry -> entry.getKey())
                                    .filter(name -> !CAPABILITIES.contains(name))
                                    .toList();
                    told(
                            "capabilities",
                            others.isEmpty()
                                    ? "stay: Patchbay publishes ips, mac, portMappings and bandwidth, and passes them to the default network alone"
                                    : "%s cannot stay: Patchbay publishes ips, mac, portMappings and bandwidth alone"
                                            .formatted(String.join(", ", others)));
                });
    }

    private static String level(String level) {
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "debug" -> "DEBUG";
            case "verbose" -> "INFO";
            default -> "ERROR";
        };
    }

    /// Says something on a key that is there.
    private void told(String key, String sentence) {
        if (config.keys().json().has(key)) {
            remarks.key(key, sentence);
        }
    }

    private void answer(String key) {
        if (MultusKeys.TRANSLATED.contains(key)) {
            return;
        }
        String answer = MultusKeys.ANSWERS.get(key);
        if (answer != null) {
            remarks.key(key, answer);
            return;
        }
        String advice =
                Spelling.nearest(key, MultusKeys.ALL)
                        .map(" Did you mean \"%s\"?"::formatted)
                        .orElse("");
        remarks.key(
                key,
                "is unknown, to Multus too, and left out, with %s.%s"
                        .formatted(Json.text(config.keys().json().path(key)), advice));
    }
}
