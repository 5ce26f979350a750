package io.patchbay.meta.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The annotation by which a pod selects its networks, in both of its forms. Source: NPWG
/// multi-network specification v1.3, §4.1; `@interface` is a habit of Multus.
public final class NetworksAnnotation {
    public static final String KEY = "k8s.v1.cni.cncf.io/networks";

    private NetworksAnnotation() {}

    /// The selections in their order; none where the text is blank. Every refusal is code 7 and
    /// names the annotation, the element, the key and the value.
    public static List<NetworkSelection> parse(String annotation, String podNamespace) {
        return parse(KEY, annotation, podNamespace);
    }

    /// As {@link #parse(String, String)} for another annotation of the same grammar.
    ///
    /// @param namespace that of an element which names none
    public static List<NetworkSelection> parse(String key, String annotation, String namespace) {
        String text = annotation.strip();
        if (text.isEmpty()) {
            return List.of();
        }
        String where = "annotation " + key;
        boolean json = text.chars().anyMatch(c -> c == '[' || c == '{' || c == '"');
        List<NetworkSelection> selections =
                json ? json(where, text, namespace) : brief(where, text, namespace);
        requireOneDefaultRoute(where, selections);
        return selections;
    }

    private static List<NetworkSelection> json(String where, String text, String namespace) {
        JsonNode root;
        try {
            root = Json.decode(where, text);
        } catch (CniException e) {
            throw CniException.invalidConfig(String.valueOf(e.getMessage()));
        }
        if (!root.isArray()) {
            throw CniException.invalidConfig(
                    where + ": a list is expected: write [ ] round its elements");
        }
        List<NetworkSelection> selections = new ArrayList<>();
        for (JsonNode element : root) {
            selections.add(read(where, selections.size(), element, namespace));
        }
        return selections;
    }

    private static List<NetworkSelection> brief(String where, String text, String namespace) {
        List<NetworkSelection> selections = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            ObjectNode element =
                    element(item)
                            .orElseThrow(() ->
                                    CniException.invalidConfig(
                                            "%s, element %d: \"%s\" is no selection: write [NAMESPACE/]NAME[@INTERFACE]"
                                                    .formatted(where, selections.size(), item)));
            selections.add(read(where, selections.size(), element, namespace));
        }
        return selections;
    }

    // Not by a pattern, which takes cubic time for spaces that lead nowhere. Whether the parts are
    // valid names is for the reader of both forms.
    private static Optional<ObjectNode> element(String item) {
        String[] sides = item.split("@", -1);
        String[] path = sides[0].split("/", -1);
        String name = path[path.length - 1].strip();
        boolean whole = !name.isEmpty() && name.chars().noneMatch(Character::isWhitespace);
        if (sides.length > 2 || path.length > 2 || !whole) {
            return Optional.empty();
        }
        ObjectNode element = Json.object().put("name", name);
        if (path.length == 2) {
            element.put("namespace", path[0].strip());
        }
        if (sides.length == 2) {
            element.put("interface", sides[1].strip());
        }
        return Optional.of(element);
    }

    private static NetworkSelection read(
            String where, int index, JsonNode element, String namespace) {
        ErrorCode code = Standard.INVALID_NETWORK_CONFIG;
        return SelectionReader.read(
                JsonObject.read("%s, element %d".formatted(where, index), element, code, code),
                namespace);
    }

    private static void requireOneDefaultRoute(String where, List<NetworkSelection> selections) {
        DefaultRouteClaims claims = new DefaultRouteClaims();
        for (int i = 0; i < selections.size(); i++) {
            claims.add(
                    "%s, element %d".formatted(where, i),
                    "element " + i,
                    selections.get(i).defaultRoute().map(DefaultRoute::new));
        }
    }
}
