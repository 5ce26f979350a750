package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.ArrayList;
import java.util.List;

/// A foreign binary that ended with another status than 0, and what it said. Its own code and
/// message are passed on; where it gave none, the failure is code 999, as in libcni.
record ForeignRefusal(String name, int status, String output, String complaint) {
    // A process ended by signal n has the status 128 + n, to Java as to a shell.
    private static final int SIGNALLED = 128;
    private static final int MOST_QUOTED = 200;

    CniException toException() {
        if (output.isBlank()) {
            return new CniException(Standard.INTERNAL, name + " " + ending(), details(""));
        }
        JsonNode error;
        try {
            error = Json.decodeObject("the output", output);
        } catch (CniException e) {
            return new CniException(
                    Standard.INTERNAL,
                    "%s %s, and printed no JSON: \"%s\"".formatted(name, ending(), quoted()),
                    details(""));
        }
        int code = error.path("code").asInt();
        return new CniException(
                code == 0 ? Standard.INTERNAL : ErrorCode.of(code),
                "%s: %s".formatted(name, error.path("msg").asText()),
                details(error.path("details").asText()));
    }

    private String ending() {
        return status > SIGNALLED
                ? "was ended by signal " + (status - SIGNALLED)
                : "failed with status " + status;
    }

    private String details(String own) {
        List<String> details = new ArrayList<>();
        if (!own.isBlank()) {
            details.add(own);
        }
        if (!complaint.isBlank()) {
            details.add("stderr: " + complaint.strip());
        }
        return String.join("; ", details);
    }

    private String quoted() {
        String line = output.strip();
        return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "...";
    }
}
