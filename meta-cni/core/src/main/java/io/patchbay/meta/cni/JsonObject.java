package io.patchbay.meta.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An object of JSON while it is read. Each key is taken as what it is expected to be; a refusal
/// names the object, the key, what was expected and what was found. `null` counts as absent, as Go
/// writes it for what is empty.
///
/// @param where names the document in refusals
/// @param path the keys that lead here, empty or with a dot at its end
/// @param wrongType the code of a value of the wrong JSON type
/// @param badValue the code of a value that cannot be, and of one that is missing
public record JsonObject(
        String where, String path, ErrorCode wrongType, ErrorCode badValue, ObjectNode json) {

    /// Starts at the top of a configuration: 6 for a wrong type, 7 for a bad value.
    public static JsonObject read(String where, JsonNode node) {
        return read(where, node, Standard.UNDECODABLE, Standard.INVALID_NETWORK_CONFIG);
    }

    public static JsonObject read(
            String where, JsonNode node, ErrorCode wrongType, ErrorCode badValue) {
        if (node instanceof ObjectNode json) {
            return new JsonObject(where, "", wrongType, badValue, json);
        }
        throw new CniException(
                wrongType, "%s: an object is expected, not %s".formatted(where, found(node)));
    }

    /// Another object at the same place.
    public JsonObject with(ObjectNode other) {
        return new JsonObject(where, path, wrongType, badValue, other);
    }

    public boolean has(String key) {
        return json.hasNonNull(key);
    }

    public Optional<JsonNode> find(String key) {
        return Optional.ofNullable(nonNull(key));
    }

    public Optional<String> string(String key) {
        return find(key).map(node -> string(key, node));
    }

    public String getString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    public List<String> strings(String key) {
        List<String> values = new ArrayList<>();
        for (JsonNode node : list(key)) {
            values.add(string(key + "[" + values.size() + "]", node));
        }
        return values;
    }

    public Optional<Boolean> bool(String key) {
        return find(key)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw expected("true or false", key, node);
                    }
                    return node.booleanValue();
                });
    }

    /// A whole number, whose bounds belong to it.
    public OptionalLong number(String key, long least, long greatest) {
        JsonNode node = nonNull(key);
        if (node == null) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber()) {
            throw expected("a whole number", key, node);
        }
        if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > greatest) {
            throw refusal(
                    key, "%s is out of range: it is %d to %d".formatted(node, least, greatest));
        }
        return OptionalLong.of(node.longValue());
    }

    public OptionalInt integer(String key, int least, int greatest) {
        OptionalLong number = number(key, least, greatest);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    public Optional<JsonObject> object(String key) {
        return find(key).map(node -> object(key, node));
    }

    /// The elements of a list; empty where it is absent.
    public List<JsonNode> list(String key) {
        return find(key).map(node -> list(key, node)).orElse(List.of());
    }

    public List<JsonObject> objects(String key) {
        return find(key).map(node -> objects(key, node)).orElse(List.of());
    }

    /// A list of lists of objects.
    public List<List<JsonObject>> objectLists(String key) {
        List<List<JsonObject>> lists = new ArrayList<>();
        for (JsonNode node : list(key)) {
            lists.add(objects(key + "[" + lists.size() + "]", node));
        }
        return lists;
    }

    /// A string that is more than one: an address, say. An empty one counts as absent, as Go writes
    /// it.
    public <T> Optional<T> parsed(String key, Function<String, T> parser) {
        return string(key).filter(text -> !text.isEmpty()).map(text -> parse(key, text, parser));
    }

    /// Parses a text that was read from here; the parser's IllegalArgumentException is a refusal.
    ///
    /// @param key where the text stands, such as `ips[1]`
    public <T> T parse(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refusal(key, String.valueOf(e.getMessage()));
        }
    }

    /// Refuses the first key that is not among these.
    public void allowOnly(Set<String> keys) {
        for (var entry : json.properties()) {
            if (!keys.contains(entry.getKey())) {
                throw refusal(
                        entry.getKey(),
                        "it is unknown, with %s: use one of %s"
                                .formatted(
                                        found(entry.getValue()),
                                        String.join(", ", keys.stream().sorted().toList())));
            }
        }
    }

    /// A refusal of the value at a key.
    public CniException refusal(String key, String sentence) {
        return refusal(badValue, key, sentence);
    }

    public CniException missing(String key) {
        return refusal(key, "it is missing");
    }

    public CniException expected(String what, String key, JsonNode node) {
        return refusal(wrongType, key, "%s is expected, not %s".formatted(what, found(node)));
    }

    private CniException refusal(ErrorCode code, String key, String sentence) {
        return new CniException(code, "%s, key \"%s%s\": %s".formatted(where, path, key, sentence));
    }

    private List<JsonObject> objects(String key, JsonNode node) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : list(key, node)) {
            objects.add(object(key + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    private List<JsonNode> list(String key, JsonNode node) {
        if (node instanceof ArrayNode array) {
            return array.valueStream().toList();
        }
        throw expected("a list", key, node);
    }

    private JsonObject object(String key, JsonNode node) {
        if (node instanceof ObjectNode inner) {
            return new JsonObject(where, path + key + ".", wrongType, badValue, inner);
        }
        throw expected("an object", key, node);
    }

    private String string(String key, JsonNode node) {
        if (!node.isTextual()) {
            throw expected("a string", key, node);
        }
        return node.textValue();
    }

    private @Nullable JsonNode nonNull(String key) {
        JsonNode node = json.get(key);
        return node == null || node.isNull() ? null : node;
    }

    private static String found(JsonNode node) {
        if (node.isNull()) {
            return "null";
        }
        String text = Json.text(node);
        String type =
                switch (node.getNodeType()) {
                    case STRING -> "the string ";
                    case NUMBER -> "the number ";
                    case ARRAY -> "the list ";
                    case OBJECT -> "the object ";
                    default -> "";
                };
        return type + (text.length() <= 80 ? text : text.substring(0, 77) + "...");
    }
}
