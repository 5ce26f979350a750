package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The product of a row's `each`: a row for every choice of a value a key. `{key}` stands for the
/// value wherever it is; a text that is nothing but `{key}` becomes the value itself, number or
/// not.
final class Placeholders {
    private static final String EACH = "each";

    /// A key whose value is an object: its keys are put there instead.
    private static final String KEYS = "+";

    private Placeholders() {}

    static List<ObjectNode> product(ObjectNode row) {
        if (!(row.remove(EACH) instanceof ObjectNode each)) {
            return List.of(row);
        }
        List<ObjectNode> rows = List.of(row);
        for (Map.Entry<String, JsonNode> choice : each.properties()) {
            List<ObjectNode> more = new ArrayList<>();
            for (ObjectNode one : rows) {
                choice.getValue()
                        .forEach(value ->
                                more.add((ObjectNode) filled(one, choice.getKey(), value)));
            }
            rows = more;
        }
        return rows;
    }

    private static JsonNode filled(JsonNode node, String key, JsonNode value) {
        String place = "{" + key + "}";
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    JsonNode filled = filled(entry.getValue(), key, value);
                    if (entry.getKey().equals(KEYS) && filled instanceof ObjectNode keys) {
                        copy.setAll(keys);
                    } else {
                        copy.set(entry.getKey(), filled);
                    }
                }
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(element -> copy.add(filled(element, key, value)));
                yield copy;
            }
            case TextNode text when text.textValue().equals(place) -> value;
            case TextNode text -> TextNode.valueOf(text.textValue().replace(place, words(value)));
            default -> node;
        };
    }

    private static String words(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString().replace("\"", "");
    }
}
