package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.StrictJson;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;

/// VERSION.
final class VersionRows {
    private static final String ASKED = "0.4.0";

    private VersionRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C63",
                        VersionRows::theCommandAloneIsNeeded,
                        "Demand CNI_COMMAND alone in VERSION, and print supportedVersions.")
                .check(
                        "C64",
                        VersionRows::theVersionIsEchoed,
                        "Print the cniVersion of the input, not your newest.");
    }

    private static ObjectNode versions(Trial trial) {
        ObjectNode input = StrictJson.empty().put("cniVersion", ASKED);
        return trial.call(PluginCall.of("VERSION", input)).result();
    }

    private static void theCommandAloneIsNeeded(Trial trial) {
        JsonNode supported = versions(trial).path("supportedVersions");
        Unmet.unless(
                supported.isArray() && !supported.isEmpty(),
                "VERSION printed no list supportedVersions: %s".formatted(supported));
        for (JsonNode version : supported) {
            Unmet.unless(
                    version.isTextual() && version.asText().matches("\\d+\\.\\d+\\.\\d+"),
                    "supportedVersions has %s, which is no version".formatted(version));
        }
    }

    private static void theVersionIsEchoed(Trial trial) {
        String said = versions(trial).path("cniVersion").asText();
        Unmet.unless(
                said.equals(ASKED),
                "VERSION was asked with cniVersion %s and answered with \"%s\""
                        .formatted(ASKED, said));
    }
}
