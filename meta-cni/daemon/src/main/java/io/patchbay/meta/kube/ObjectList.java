package io.patchbay.meta.kube;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.util.function.Consumer;

/// One page of a list of the API server, read an object at a time: a page is large, and nothing of
/// it is kept.
///
/// @param next what asks for the following page; empty for the last
record ObjectList(String resourceVersion, String next) {
    /// Reads a value where others follow.
    static final ObjectReader ONE_OF_MANY =
            Json.mapper()
                    .readerFor(JsonNode.class)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static ObjectList read(byte[] text, Consumer<JsonNode> items) throws IOException {
        try (JsonParser json = ONE_OF_MANY.createParser(text)) {
            ObjectList list = new ObjectList("", "");
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (key.equals("items") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        items.accept(ONE_OF_MANY.readValue(json));
                    }
                } else if (key.equals("metadata") && value == JsonToken.START_OBJECT) {
                    JsonNode metadata = ONE_OF_MANY.readValue(json);
                    list =
                            new ObjectList(
                                    metadata.path("resourceVersion").asText(),
                                    metadata.path("continue").asText());
                } else {
                    json.skipChildren();
                }
            }
            return list;
        }
    }
}
