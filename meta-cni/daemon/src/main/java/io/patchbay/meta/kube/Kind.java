package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.pod.CustomKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A kind of objects at the API server: where they are, which of them matter here, and what of them
/// does.
///
/// @param plural in sentences
/// @param group the path of the API group and version
/// @param resource the last part of the path
/// @param selector which of all objects are watched, as a parameter of the query; may be empty
/// @param metadataOnly whether labels, annotations and names are all that is asked for, which keeps
///   a pod's specification off the wire
record Kind<T>(
        String plural,
        String group,
        String resource,
        String selector,
        boolean metadataOnly,
        Function<JsonObject, T> decoder) {
    /// Source: kubernetes.io, "Kubernetes API Concepts", metadata-only fetches.
    private static final String METADATA = ";as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1,";

    private static final int PAGE = 250;

    /// What `kubectl apply` leaves: the whole object once more.
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /// Those of one node, whole: their limits are in their specifications.
    static Kind<Pod> pods(String node) {
        return pods("fieldSelector=" + escaped("spec.nodeName=" + node), false);
    }

    /// Those of every node, without their limits.
    static Kind<Pod> pods() {
        return pods("", true);
    }

    private static Kind<Pod> pods(String selector, boolean metadataOnly) {
        return new Kind<>(
                "pods",
                "/api/v1",
                "pods",
                selector,
                metadataOnly,
                object -> trimmed(ManifestReader.pod(object)));
    }

    /// One node alone.
    static Kind<Node> node(String name) {
        return new Kind<>(
                "nodes",
                "/api/v1",
                "nodes",
                "fieldSelector=" + escaped("metadata.name=" + name),
                true,
                object -> trimmed(ManifestReader.node(object)));
    }

    /// The `spec` of each.
    static Kind<JsonNode> custom(CustomKind kind) {
        return new Kind<>(
                kind.toString(),
                "/apis/" + kind.apiVersion(),
                kind.plural(),
                "",
                false,
                ManifestReader::spec);
    }

    static Kind<NetworkAttachmentDefinition> networks() {
        return new Kind<>(
                "NetworkAttachmentDefinitions",
                "/apis/k8s.cni.cncf.io/v1",
                "network-attachment-definitions",
                "",
                false,
                object -> trimmed(ManifestReader.network(object)));
    }

    static Kind<Namespace> namespaces() {
        return new Kind<>(
                "namespaces",
                "/api/v1",
                "namespaces",
                "",
                true,
                object -> trimmed(ManifestReader.namespace(object)));
    }

    /// Where all of them are listed and watched.
    String path() {
        return group + "/" + resource;
    }

    /// Where one of them is.
    String path(String namespace, String name) {
        String inside = namespace.isEmpty() ? "" : "/namespaces/" + escaped(namespace);
        return group + inside + "/" + resource + "/" + escaped(name);
    }

    /// Asks for some of those that are selected.
    String query(String... parameters) {
        return Stream.concat(Stream.of(selector), Arrays.stream(parameters))
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&", path() + "?", ""));
    }

    /// Asks for a page of a list.
    ///
    /// @param next empty for the first
    String page(String next) {
        return query("limit=" + PAGE, next.isEmpty() ? "" : "continue=" + escaped(next));
    }

    String acceptList() {
        return accept("List");
    }

    String acceptOne() {
        return accept("");
    }

    private String accept(String list) {
        return (metadataOnly ? ApiServer.JSON + METADATA.formatted(list) : "") + ApiServer.JSON;
    }

    static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Pod trimmed(Pod pod) {
        return new Pod(pod.ref(), pod.labels(), trimmed(pod.annotations()), pod.limits());
    }

    private static Node trimmed(Node node) {
        return new Node(node.name(), node.labels(), trimmed(node.annotations()));
    }

    private static NetworkAttachmentDefinition trimmed(NetworkAttachmentDefinition network) {
        return new NetworkAttachmentDefinition(
                network.namespace(),
                network.name(),
                trimmed(network.annotations()),
                network.config());
    }

    private static Namespace trimmed(Namespace namespace) {
        return new Namespace(
                namespace.name(), namespace.labels(), trimmed(namespace.annotations()));
    }

    private static Map<String, String> trimmed(Map<String, String> annotations) {
        Map<String, String> kept = new HashMap<>(annotations);
        kept.remove(LAST_APPLIED);
        return kept;
    }
}
