package io.patchbay.bench;

import io.patchbay.e2e.node.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A daemon of the installed tree, with everything it keeps below one directory.
record RunningDaemon(DaemonProcess process, Map<String, String> places) implements AutoCloseable {
    private static final String SETTINGS =
            """
            manifests: %1$s/manifests
            cniConfigDirectory: %1$s/net.d
            defaultNetwork:
              cniVersion: "1.0.0"
              name: bench-%2$d
              type: bridge
              bridge: bench%2$d
              ipam: {type: host-local, subnet: 10.%2$d.0.0/16, dataDir: %1$s/leases}
            """;

    /// @param subnet the second octet of the addresses it leases
    static RunningDaemon start(Path dist, Path directory, String manifests, int subnet)
            throws IOException {
        Files.createDirectories(directory.resolve("manifests"));
        Files.writeString(
                directory.resolve("manifests/bench.yaml"),
                manifests.replace(
                        "\"type\": \"host-local\"",
                        "\"type\": \"host-local\", \"dataDir\": \"%s/leases\""
                                .formatted(directory)));
        Path settings = directory.resolve("patchbay.yaml");
        Files.writeString(settings, SETTINGS.formatted(directory, subnet));
        Map<String, String> places =
                Map.of(
                        "PATCHBAY_SOCKET", directory.resolve("run/cni.sock").toString(),
                        "PATCHBAY_STATE", directory.resolve("state").toString());
        List<String> command =
                List.of(
                        dist.resolve("bin/patchbay").toString(),
                        "daemon",
                        "--config",
                        settings.toString());
        return new RunningDaemon(DaemonProcess.start(command, places).awaitReady(), places);
    }

    @Override
    public void close() {
        process.close();
    }
}
