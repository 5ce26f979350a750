package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.PodRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads ordinary Kubernetes manifests, in YAML or JSON: pods, network-attachment-definitions,
/// namespaces, nodes and what delegates know, one or many in a file. Whatever is wrong becomes a
/// {@link Problem}; the rest of the file counts.
public final class ManifestReader {
    private static final String NETWORK = "k8s.cni.cncf.io/v1 NetworkAttachmentDefinition";
    // RFC 1123, as Kubernetes validates names of objects and of namespaces.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final String file;
    private final List<Pod> pods = new ArrayList<>();
    private final List<NetworkAttachmentDefinition> networks = new ArrayList<>();
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<CustomObject> objects = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private ManifestReader(String file) {
        this.file = file;
    }

    /// Whether a file is one that is read for its name.
    public static boolean isManifest(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".")
                && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                && Files.isRegularFile(file);
    }

    /// @param file names it in problems
    public static Manifest read(String file, String text) {
        ManifestReader reader = new ManifestReader(file);
        Documents.split(text).forEach(reader::read);
        return new Manifest(
                reader.pods,
                reader.networks,
                reader.namespaces,
                reader.nodes,
                reader.objects,
                reader.problems,
                reader.ignored);
    }

    private void read(Documents.Document document) {
        try {
            Yaml.read(document.text()).ifPresent(root -> read(document.line(), "", root));
        } catch (Yaml.Malformed e) {
            problem(document.line() + e.line() - 1, e.reason());
        }
    }

    private void read(int line, String place, JsonNode node) {
        try {
            JsonObject object = JsonObject.read(place + "the document", node);
            String kind =
                    object.string("apiVersion").orElse("") + " " + object.string("kind").orElse("");
            switch (kind) {
                case "v1 Pod" -> pods.add(pod(object));
                case NETWORK -> networks.add(network(object));
                case "v1 Namespace" -> namespaces.add(namespace(object));
                case "v1 Node" -> nodes.add(node(object));
                case "v1 List" -> items(line, object);
                default -> other(line, kind, object);
            }
        } catch (CniException e) {
            problem(line, String.valueOf(e.getMessage()));
        }
    }

    private void items(int line, JsonObject list) {
        int position = 0;
        for (JsonNode item : list.list("items")) {
            read(line, "items[%d] of ".formatted(position++), item);
        }
    }

    private void other(int line, String kind, JsonObject object) {
        if (object.has("kind") && object.has("apiVersion")) {
            ignored.add(kind);
            custom(object).ifPresent(objects::add);
        } else {
            problem(line, "a manifest has an apiVersion and a kind, and this has not both");
        }
    }

    private void problem(int line, String sentence) {
        problems.add(new Problem(file, line, sentence));
    }

    static Pod pod(JsonObject object) {
        JsonObject metadata = metadata(object);
        return new Pod(
                new PodRef(
                        namespaceOf(metadata), name(metadata), metadata.string("uid").orElse("")),
                strings(metadata, "labels"),
                strings(metadata, "annotations"),
                object.object("spec").map(Limits::of).orElse(Map.of()));
    }

    static NetworkAttachmentDefinition network(JsonObject object) {
        JsonObject metadata = metadata(object);
        return new NetworkAttachmentDefinition(
                namespaceOf(metadata),
                name(metadata),
                strings(metadata, "annotations"),
                object.object("spec").flatMap(spec -> spec.string("config")));
    }

    static Namespace namespace(JsonObject object) {
        JsonObject metadata = metadata(object);
        return new Namespace(
                require(metadata, "name", metadata.getString("name"), NAMESPACE),
                strings(metadata, "labels"),
                strings(metadata, "annotations"));
    }

    static Node node(JsonObject object) {
        JsonObject metadata = metadata(object);
        return new Node(
                name(metadata), strings(metadata, "labels"), strings(metadata, "annotations"));
    }

    /// The `spec` of an object, whatever it is; empty where there is none.
    static JsonNode spec(JsonObject object) {
        return object.find("spec").orElseGet(Json::object);
    }

    /// Empty where it has no name: nothing is wrong with what nobody here knows.
    private static Optional<CustomObject> custom(JsonObject object) {
        JsonNode metadata = object.json().path("metadata");
        return Optional.ofNullable(metadata.path("name").textValue())
                .map(name ->
                        new CustomObject(
                                object.getString("apiVersion"),
                                object.getString("kind"),
                                Optional.ofNullable(metadata.path("namespace").textValue())
                                        .orElse(""),
                                name,
                                spec(object)));
    }

    private static JsonObject metadata(JsonObject object) {
        return object.object("metadata").orElseThrow(() -> object.missing("metadata"));
    }

    private static String namespaceOf(JsonObject metadata) {
        String value = metadata.string("namespace").orElse("default");
        return require(metadata, "namespace", value, NAMESPACE);
    }

    private static String name(JsonObject metadata) {
        return require(metadata, "name", metadata.getString("name"), NAME);
    }

    private static String require(JsonObject metadata, String key, String value, Pattern syntax) {
        if (!syntax.matcher(value).matches()) {
            throw metadata.refusal(
                    key,
                    "\"%s\" is no Kubernetes name: lower case letters, digits and \"-\""
                            .formatted(value));
        }
        return value;
    }

    private static Map<String, String> strings(JsonObject metadata, String key) {
        Map<String, String> strings = new LinkedHashMap<>();
        metadata.object(key)
                .ifPresent(map -> {
                    for (var entry : map.json().properties()) {
                        strings.put(entry.getKey(), map.getString(entry.getKey()));
                    }
                });
        return strings;
    }
}
