package io.patchbay.meta.vpccni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The environment in manifests: that of the containers of the DaemonSet with a container
/// `aws-node`, and the ConfigMap `amazon-vpc-cni`, where it is among them.
final class AwsNode {
    private static final String CONTAINER = "aws-node";
    private static final String CONFIG_MAP = "amazon-vpc-cni";
    // Kubernetes puts other variables' values there; $$( is a $( of its own.
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\$)\\$\\([^)]+\\)");

    private final String where;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> found = new ArrayList<>();

    private AwsNode(String where) {
        this.where = where;
    }

    /// @param objects documents, and lists of objects as `kubectl get` prints them
    static List<Entry> read(String where, List<JsonNode> objects) {
        AwsNode node = new AwsNode(where);
        objects.forEach(object -> node.object(JsonObject.read(where, object)));
        if (node.found.isEmpty()) {
            throw CniException.invalidConfig(
                    "%s has no DaemonSet with a container %s: give the one of kubectl -n kube-system get daemonset aws-node -o yaml, or lines of KEY=VALUE"
                            .formatted(where, CONTAINER));
        }
        if (node.found.size() > 1) {
            throw CniException.invalidConfig(
                    "%s has several DaemonSets with a container %s, %s: give one of them"
                            .formatted(where, CONTAINER, String.join(" and ", node.found)));
        }
        return List.copyOf(node.entries);
    }

    private void object(JsonObject object) {
        String kind = object.string("kind").orElse("");
        if (kind.endsWith("List")) {
            object.objects("items").forEach(this::object);
        } else if (kind.equals("DaemonSet")) {
            daemonSet(object);
        } else if (kind.equals("ConfigMap") && name(object).equals(CONFIG_MAP)) {
            object.object("data")
                    .ifPresent(data ->
                            data.json()
                                    .fieldNames()
                                    .forEachRemaining(key ->
                                            entries.add(Entry.of(key, data.getString(key)))));
        }
    }

    private static String name(JsonObject object) {
        return object.object("metadata").flatMap(data -> data.string("name")).orElse("");
    }

    private void daemonSet(JsonObject object) {
        Optional<JsonObject> pod =
                object.object("spec")
                        .flatMap(spec -> spec.object("template"))
                        .flatMap(template -> template.object("spec"));
        List<JsonObject> containers = pod.map(spec -> spec.objects("containers")).orElse(List.of());
        List<JsonObject> ours =
                containers.stream()
                        .filter(one -> one.string("name").filter(CONTAINER::equals).isPresent())
                        .toList();
        if (ours.isEmpty()) {
            return;
        }
        found.add(name(object));
        // Where both have a variable, that of aws-node counts: it is read last.
        pod.map(spec -> spec.objects("initContainers")).orElse(List.of()).forEach(this::container);
        ours.forEach(this::container);
    }

    private void container(JsonObject container) {
        container.objects("envFrom").forEach(this::everything);
        container.objects("env").forEach(this::variable);
    }

    private void everything(JsonObject source) {
        source.json()
                .fieldNames()
                .forEachRemaining(key ->
                        source.find(key)
                                .filter(JsonNode::isObject)
                                .ifPresent(node ->
                                        entries.add(
                                                Entry.elsewhere(
                                                        "envFrom",
                                                        "%s \"%s\""
                                                                .formatted(
                                                                        key,
                                                                        node.path("name")
                                                                                .asText())))));
    }

    private void variable(JsonObject variable) {
        String name = variable.getString("name");
        JsonObject named =
                JsonObject.read("%s, variable %s".formatted(where, name), variable.json());
        Optional<JsonObject> source = named.object("valueFrom");
        String value = named.string("value").orElse("");
        if (source.isPresent()) {
            entries.add(Entry.elsewhere(name, origin(source.get().json())));
        } else if (REFERENCE.matcher(value).find()) {
            entries.add(Entry.elsewhere(name, "other variables, \"%s\"".formatted(value)));
        } else {
            entries.add(Entry.of(name, value));
        }
    }

    private static String origin(JsonNode source) {
        for (var entry : source.properties()) {
            JsonNode from = entry.getValue();
            return switch (entry.getKey()) {
                case "fieldRef" -> "the pod's " + from.path("fieldPath").asText();
                case "resourceFieldRef" -> "the container's " + from.path("resource").asText();
                default ->
                        "%s \"%s\", key \"%s\""
                                .formatted(
                                        entry.getKey(),
                                        from.path("name").asText(),
                                        from.path("key").asText());
            };
        }
        return "nowhere";
    }
}
