package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.e2e.node.TelecomNode;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The CNI project's own driver, on the configuration that the daemon published.
@Tag("kernel")
class CnitoolTest {
    @TempDir Path work;

    @Test
    void addsChecksAndDeletesAPodOfThreeInterfaces() {
        String cnitool =
                Witness.here().run(Checkout.root().resolve("tools/cnitool").toString()).strip();
        try (TelecomNode node = TelecomNode.create(work);
                DaemonProcess _ = node.startDaemon();
                PodNetns pod = node.pod("amf")) {
            Snapshot before = node.snapshot().plus(pod.snapshot());

            String result = run(node, cnitool, "add", pod);

            assertThat(result).contains("\"cniVersion\": \"1.1.0\"", "\"eth0\"");
            assertThat(PodView.of("amf-0", pod).attachments())
                    .extracting(PodView.Attachment::link)
                    .containsExactly("eth0", "net1", "net2");
            run(node, cnitool, "check", pod);
            run(node, cnitool, "del", pod);
            run(node, cnitool, "status", pod);
            assertThat(node.snapshot().plus(pod.snapshot()).since(before)).isEmpty();
        }
    }

    private static String run(TelecomNode node, String cnitool, String verb, PodNetns pod) {
        List<String> line = new ArrayList<>(List.of("env", "NETCONFPATH=/etc/cni/net.d"));
        line.add("CNI_PATH=" + Checkout.dist().resolve("cni"));
        line.add("CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=core;K8S_POD_NAME=amf-0");
        line.addAll(List.of(cnitool, verb, "patchbay", pod.path()));
        return Witness.here().run(node.installation().located(line).toArray(String[]::new));
    }
}
