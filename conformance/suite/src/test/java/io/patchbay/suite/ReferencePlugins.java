package io.patchbay.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The plugins of github.com/containernetworking/plugins, and a configuration for each.
final class ReferencePlugins {
    private static final String RANGES =
            """
            {"type": "host-local", "ranges": [[{"subnet": "10.125.0.0/24"}]],
             "routes": [{"dst": "0.0.0.0/0"}]}\
            """;

    private ReferencePlugins() {}

    static String configuration(String plugin, String version) {
        String rest =
                switch (plugin) {
                    case "bridge" ->
                            """
                            "bridge": "suite0", "isGateway": true,
                            "capabilities": {"mac": true, "ips": true}, "ipam": %s
                            """;
                    case "macvlan" ->
                            """
                            "master": "media0", "capabilities": {"mac": true, "ips": true}, "ipam": %s
                            """;
                    case "ptp", "host-local" ->
                            """
                            "capabilities": {"ips": true}, "ipam": %s
                            """;
                    case "static" ->
                            """
                            "capabilities": {"ips": true},
                            "ipam": {"type": "static", "routes": [{"dst": "0.0.0.0/0"}],
                                     "addresses": [{"address": "10.125.0.5/24", "gateway": "10.125.0.1"}]}
                            """;
                    case "tuning" ->
                            """
                            "capabilities": {"mac": true}, "mtu": 1400,
                            "sysctl": {"net.ipv4.conf.all.log_martians": "1"}
                            """;
                    default -> throw new IllegalArgumentException(plugin);
                };
        return "{\"cniVersion\": \"%s\", \"name\": \"suite\", \"type\": \"%s\", %s}"
                .formatted(version, plugin, rest.formatted(RANGES));
    }

    /// The directory of those that tools/reference-plugins builds, once.
    static Path newest() {
        Path tool = find("tools/reference-plugins");
        try {
            Process process =
                    new ProcessBuilder(tool.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " failed: see what it said");
            }
            return Path.of(said.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + tool + " ran", e);
        }
    }

    private static Path find(String file) {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.isExecutable(here.resolve(file))) {
                return here.resolve(file);
            }
        }
        throw new IllegalStateException("run this inside the source tree: there is no " + file);
    }
}
