package io.patchbay.suite.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.row.Unmet;

/// JSON to the letter: one value, nothing behind it, no key twice.
public final class StrictJson {
    private static final int SHOWN = 80;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /// Reads an object; anything else is an {@link Unmet} that names what was read.
    public static ObjectNode object(String what, String text) {
        Unmet.unless(
                !text.isBlank(), "%s is empty, where a JSON object is expected".formatted(what));
        try {
            JsonNode read = MAPPER.readTree(text);
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new Unmet("%s is no JSON object, but %s".formatted(what, excerpt(text)));
        } catch (JsonProcessingException e) {
            throw new Unmet(
                    "%s is not one JSON object: %s (%s)"
                            .formatted(what, e.getOriginalMessage(), excerpt(text)));
        }
    }

    /// Reads a list; anything else is an {@link Unmet} that names what was read.
    public static ArrayNode list(String what, String text) {
        JsonNode list = object(what, "{\"list\": " + text + "}").path("list");
        if (list instanceof ArrayNode array) {
            return array;
        }
        throw new Unmet("%s is no list, but %s".formatted(what, excerpt(text)));
    }

    public static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    /// The beginning of a text on one line, in quotes.
    static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return '"' + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…") + '"';
    }
}
