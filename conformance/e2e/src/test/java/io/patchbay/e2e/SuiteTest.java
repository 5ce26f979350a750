package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Suite;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void letTheNodeGo() {
        node.close();
    }

    private Map<String, String> places() {
        return Map.of(
                "PATCHBAY_SOCKET",
                work.resolve("run/cni.sock").toString(),
                "PATCHBAY_STATE",
                work.resolve("state").toString());
    }

    private DaemonProcess start(String defaultNetwork) throws IOException {
        Path manifests = Files.createDirectories(work.resolve("manifests"));
        Files.writeString(
                manifests.resolve("pod.yaml"),
                "{apiVersion: v1, kind: Pod, metadata: {name: any, namespace: core}}\n");
        Path settings =
                Files.writeString(
                        work.resolve("patchbay.yaml"),
                        "manifests: %s\ndefaultNetwork: %s\n".formatted(manifests, defaultNetwork));
        return DaemonProcess.start(
                        node.enter(
                                List.of(
                                        Checkout.dist().resolve("bin/patchbay").toString(),
                                        "daemon",
                                        "--config",
                                        settings.toString())),
                        places())
                .awaitReady();
    }

    private Witness.Said certify(String... more) throws IOException {
        Path conf =
                Files.writeString(
                        work.resolve("plugin.json"),
                        "{\"cniVersion\": \"1.1.0\", \"name\": \"patchbay\", \"type\":"
                                + " \"patchbay\"}");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--plugin",
                                Checkout.dist().resolve("cni/patchbay").toString(),
                                "--conf",
                                conf.toString()));
        arguments.addAll(List.of(more));
        return new Suite(node, places()).certify(arguments);
    }

    private static List<String> failed(Witness.Said said) {
        return said.output().lines().filter(line -> line.contains(" FAILED ")).toList();
    }

    /// C45, that CHECK looks for the addresses of prevResult, is shown here alone.
    @Test
    void c45_patchbay_keeps_every_row_of_the_cni_profile_that_applies() throws IOException {
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
    void patchbay_keeps_every_row_of_the_multi_network_profile_that_applies() throws IOException {
        try (DaemonProcess _ = start("{type: suite-default}")) {
            Witness.Said said =
                    certify(
                            "--profile",
                            "multi-network",
                            "--manifests",
                            work.resolve("manifests").toString());

            assertThat(failed(said)).as(said.output()).isEmpty();
            assertThat(said.output()).contains("37 passed, 0 MUST and 0 SHOULD failed");
            assertThat(said.status()).isZero();
        }
    }
}
