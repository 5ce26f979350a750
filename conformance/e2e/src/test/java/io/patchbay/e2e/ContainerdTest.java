package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real containerd: the container that it runs has three interfaces, and loses them.
@Tag("kernel")
class ContainerdTest {
    /// ctr names no pod, so every container gets what all pods get.
    private static final String FOR_ALL_PODS =
            """
            defaultNetworks: [core/signalling, core/pooled]
            """;

    private static final String POOLED =
            """
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: pooled, namespace: core}
            spec:
              config: |
                {"cniVersion": "1.0.0", "type": "macvlan", "master": "media0",
                 "ipam": {"type": "host-local", "subnet": "10.31.0.0/24"}}
            """;

    private static final String CONFIG =
            """
            version = 2
            root = "/run/ctr/root"
            state = "/run/ctr/state"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = "/run/ctr/socket"
            """;

    private static final String ROOT =
            """
            mkdir -p /run/rootfs/bin /run/rootfs/proc /run/rootfs/sys /run/rootfs/dev
            cp /bin/busybox /run/rootfs/bin/
            ln -s busybox /run/rootfs/bin/ip
            """;

    @TempDir Path work;

    @Test
    void aContainerGetsThreeInterfacesAndLosesThem() throws IOException {
        try (TelecomNode node = TelecomNode.create(work, FOR_ALL_PODS)) {
            Files.writeString(node.manifests().resolve("pooled.yaml"), POOLED);
            Path config = work.resolve("containerd.toml");
            Files.writeString(config, CONFIG);
            node.namespace().run("sh", "-ec", ROOT);
            node.namespace().run("cp", Installation.plugin().toString(), "/opt/cni/bin/");
            try (DaemonProcess _ = node.startDaemon();
                    DaemonProcess _ = containerd(node, config)) {
                Snapshot before = node.snapshot();

                String inside = ctr(node, "/bin/ip", "-o", "address");

                assertThat(inside)
                        .contains("eth0", "10.0.0.", "net1", "10.20.0.", "net2", "10.31.0.");
                assertThat(node.snapshot().since(before)).isEmpty();
            }
        }
    }

    private static DaemonProcess containerd(TelecomNode node, Path config) {
        List<String> line = List.of("containerd", "-c", config.toString());
        return DaemonProcess.start(node.installation().located(line), Map.of())
                .awaitLine("containerd successfully booted");
    }

    private static String ctr(TelecomNode node, String... command) {
        List<String> line = new ArrayList<>();
        line.addAll(List.of("ctr", "-a", "/run/ctr/socket", "run", "--rm", "--cni", "--rootfs"));
        line.addAll(List.of("/run/rootfs", "c1"));
        line.addAll(List.of(command));
        return Witness.here().run(node.installation().located(line).toArray(String[]::new));
    }
}
