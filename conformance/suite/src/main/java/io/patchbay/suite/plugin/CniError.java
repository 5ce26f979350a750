package io.patchbay.suite.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.row.Unmet;

/// An error as a plugin printed it.
///
/// @param cniVersion empty where it has none
/// @param msg with the details behind it
public record CniError(String cniVersion, int code, String msg, ObjectNode json) {
    static CniError of(String what, ObjectNode json) {
        JsonNode code = json.path("code");
        Unmet.unless(
                code.isInt() && code.asInt() > 0,
                "%s has no code that is a number from 1 (%s)"
                        .formatted(what, StrictJson.excerpt(json.toString())));
        Unmet.unless(
                json.path("msg").isTextual(),
                "%s has no msg (%s)".formatted(what, StrictJson.excerpt(json.toString())));
        String details = json.path("details").asText();
        return new CniError(
                json.path("cniVersion").asText(),
                code.asInt(),
                json.path("msg").asText() + (details.isEmpty() ? "" : "; " + details),
                json);
    }

    @Override
    public String toString() {
        return "code %d, %s".formatted(code, StrictJson.excerpt(msg));
    }
}
