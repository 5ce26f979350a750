package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.nio.file.Files;
import java.nio.file.Path;

/// What network-status tells of a pod, and the device information behind it.
final class StatusRows {
    private static final String DEVICE =
            """
            file=$(sed -n 's/.*"CNIDeviceInfoFile": *"\\([^"]*\\)".*/\\1/p' "$call")
            if [ -n "$file" ]; then
                mkdir -p "$(dirname "$file")"
                echo '{"type": "vhost-user", "version": "1.1.0", "vhost-user": {"mode": "client", "path": "/run/suite"}}' > "$file"
                echo "$file" > "$here/device"
            fi
            """;

    private StatusRows() {}

    static void declare(Checks<NetworkTrial> checks) {
        checks.untestable("a writer that comes between cannot be made to from outside", "N27")
                .check(
                        "N25",
                        StatusRows::aRowPerAttachment,
                        "Write a row for each attachment, with the specification's keys.")
                .check(
                        "N26",
                        StatusRows::aPluginWithoutAResult,
                        "Write a row for an attachment without an interface, too.")
                .check(
                        "N33",
                        StatusRows::deviceInformation,
                        "Give each attachment that declares CNIDeviceInfoFile a file of its own,"
                                + " whether a device plugin made one or not.");
    }

    private static void aRowPerAttachment(NetworkTrial trial) {
        RecordedLink plugin = trial.network("a", "");
        NetworkPod pod = trial.pod(trial.name("a"));
        trial.publish();
        trial.add(pod).result();
        JsonNode status = trial.status(pod);
        Unmet.unless(status.size() == 2, "network-status is to have 2 rows, and is " + status);
        int defaults = 0;
        for (JsonNode row : status) {
            Unmet.unless(
                    row.path("name").isTextual(), "a row of network-status has no name: " + row);
            Unmet.unless(
                    !row.has("default") || row.path("default").isBoolean(),
                    "a row of network-status has a default that is no boolean: " + row);
            defaults += row.path("default").asBoolean() ? 1 : 0;
        }
        Unmet.unless(
                defaults == 1 && status.path(0).path("default").asBoolean(),
                "the first row alone is to have default: true, and network-status is " + status);
        JsonNode row = status.path(1);
        expect(row, "name", trial.subject().cluster().namespace() + "/" + trial.name("a"));
        expect(row, "interface", "net1");
        expect(row, "mac", plugin.mac());
        Unmet.unless(
                row.path("ips").path(0).asText().matches(plugin.address() + "(/24)?"),
                "ips is to have %s, and the row is %s".formatted(plugin.address(), row));
        Unmet.unless(
                row.path("dns").path("nameservers").size() == 1,
                "dns is to have the nameserver of the plugin, and the row is " + row);
    }

    private static void expect(JsonNode row, String key, String value) {
        Unmet.unless(
                row.path(key).asText().equals(value),
                "%s is to be %s, and the row of network-status is %s".formatted(key, value, row));
    }

    private static void aPluginWithoutAResult(NetworkTrial trial) {
        trial.network("a", "").withoutResult();
        NetworkPod pod = trial.pod(trial.name("a"));
        trial.publish();
        trial.add(pod).result();
        JsonNode status = trial.status(pod);
        Unmet.unless(
                status.size() == 2,
                "the network made no interface, and network-status is to have 2 rows all the same,"
                        + " and is "
                        + status);
    }

    private static void deviceInformation(NetworkTrial trial) {
        RecordedLink plugin =
                trial.network("a", "\"capabilities\": {\"CNIDeviceInfoFile\": true},")
                        .first(DEVICE);
        NetworkPod pod = trial.pod(trial.name("a"));
        trial.publish();
        trial.add(pod).result();
        String file = plugin.kept("device").strip();
        Unmet.unless(
                !file.isEmpty(),
                "the plugin declares CNIDeviceInfoFile, and saw none in its runtimeConfig");
        JsonNode told = trial.status(pod).path(1).path("device-info");
        Unmet.unless(
                told.path("type").asText().equals("vhost-user"),
                "the plugin wrote a vhost-user device, and the row of network-status has " + told);
        trial.del(pod).succeeds();
        Unmet.unless(
                !Files.exists(Path.of(file)),
                "the file of device information is there after DEL: " + file);
    }
}
