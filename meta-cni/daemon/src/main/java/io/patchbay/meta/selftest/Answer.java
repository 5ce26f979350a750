package io.patchbay.meta.selftest;

import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;

/// How a call of the plugin binary ended, and what it printed.
record Answer(int status, String output) {
    boolean succeeded() {
        return status == 0;
    }

    /// A refusal in words: its code and its message.
    String refusal() {
        try {
            var json = Json.decodeObject("the plugin's answer", output);
            return "code %d: %s".formatted(json.path("code").asInt(), json.path("msg").asText());
        } catch (CniException e) {
            return "status %d, and no error that CNI knows: %s".formatted(status, output.strip());
        }
    }
}
