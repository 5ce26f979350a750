package io.patchbay.e2e.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// How a call of the plugin ended, and what it printed.
public record Answer(int status, String output) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The output as JSON; empty output is a missing node.
    public JsonNode json() {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the plugin printed no JSON: " + output, e);
        }
    }

    /// The CNI error code, 0 for success.
    public int code() {
        return status == 0 ? 0 : json().path("code").asInt(-1);
    }

    public String message() {
        return json().path("msg").asText();
    }
}
