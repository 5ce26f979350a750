package io.patchbay.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A node's Patchbay: the installed tree, run as deploy/rbac.yaml lets it.
///
/// @param directory its configuration, token and log
/// @param installation the tree that `make dist` lays out
/// @param settings what its configuration has besides
record Daemon(Machine machine, Scratch directory, Path installation, String settings) {
    /// A test cluster is gone long before.
    private static final Duration LIFE = Duration.ofDays(365);

    private static final String CONFIG =
            """
            kubernetes:
              server: %s
              certificateAuthority: %s
              token: %s
              node: %s
            defaultNetwork:
              type: bridge
              name: pods
              bridge: pods
              isGateway: true
              isDefaultGateway: true
              ipam: {type: host-local, ranges: [[{subnet: %s}]]}
            """;

    /// The plugin binary takes its place first: what the daemon publishes names it.
    ServerProcess start(ControlPlane plane, String node, int number) {
        machine.run("cp", installation.resolve("cni/patchbay").toString(), "/opt/cni/bin/patchbay");
        String token = plane.serviceAccountToken("kube-system", "patchbay", LIFE);
        Path config =
                directory.write(
                        "patchbay.yaml",
                        CONFIG.formatted(
                                        plane.url(),
                                        plane.certificateAuthority(),
                                        directory.write("token", token),
                                        node,
                                        Lan.pods(number))
                                + settings);
        List<String> command =
                List.of(
                        installation.resolve("bin/patchbay").toString(),
                        "daemon",
                        "--config",
                        config.toString());
        return ServerProcess.start(
                "patchbay", machine.enter(command), directory.file("patchbay.log"));
    }
}
