package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Patchbay is held to the rows that everybody else is held to, by its own command.
@Tag("kernel")
class SuiteTest {
    private static final String BRIDGE =
            """
            {type: bridge, bridge: cni0, isGateway: true, ipam: {type: host-local,
             ranges: [[{subnet: 10.30.0.0/24}]], routes: [{dst: 0.0.0.0/0}]}}
            """;

    @TempDir Path work;

    private final NodeNamespace node = NodeNamespace.create();

    private Installation installation;

    @BeforeEach
    void install() {
        installation = new Installation(node, work);
    }

    @AfterEach
    void letTheNodeGo() {
        node.close();
    }

    private DaemonProcess start(String defaultNetwork) {
        installation.pod("any");
        return installation
                .configure(
                        "manifests: %s\ndefaultNetwork: %s\n"
                                .formatted(installation.manifests(), defaultNetwork))
                .start();
    }

    private Witness.Said certify(String... more) {
        Path conf =
                installation.write(
                        "plugin.json",
                        "{\"cniVersion\": \"1.1.0\", \"name\": \"patchbay\", \"type\":"
                                + " \"patchbay\"}");
        List<String> arguments = new ArrayList<>(List.of("conformance", "--plugin"));
        arguments.add(Installation.plugin().toString());
        arguments.addAll(List.of("--conf", conf.toString()));
        arguments.addAll(List.of(more));
        return installation.patchbay(arguments.toArray(String[]::new));
    }

    private static List<String> failed(Witness.Said said) {
        return said.output().lines().filter(line -> line.contains(" FAILED ")).toList();
    }

    /// C45, that CHECK looks for the addresses of prevResult, is shown here alone.
    @Test
    void c45_patchbay_keeps_every_row_of_the_cni_profile_that_applies() {
        try (DaemonProcess _ = start(BRIDGE)) {
            Witness.Said said =
                    certify(
                            "--here",
                            "--args",
                            "IgnoreUnknown=1;K8S_POD_NAMESPACE=core;K8S_POD_NAME=any");

            assertThat(failed(said)).as(said.output()).isEmpty();
            assertThat(said.output()).contains("47 passed, 0 MUST and 0 SHOULD failed");
            assertThat(said.status()).isZero();
        }
    }

    @Test
    void patchbay_keeps_every_row_of_the_multi_network_profile_that_applies() {
        try (DaemonProcess _ = start("{type: suite-default}")) {
            Witness.Said said =
                    certify(
                            "--profile",
                            "multi-network",
                            "--manifests",
                            installation.manifests().toString());

            assertThat(failed(said)).as(said.output()).isEmpty();
            assertThat(said.output()).contains("37 passed, 0 MUST and 0 SHOULD failed");
            assertThat(said.status()).isZero();
        }
    }
}
