package io.patchbay.e2e.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds of the machine before any SR-IOV delegate is asked.
@Tag("stock-kernel")
class CardNodeStockKernelTest {
    @TempDir Path work;

    @Test
    void aPodGetsALinkOnACardAndLeavesTheCardsAsTheyWere() {
        try (CardNode node = CardNode.boot(work);
                DaemonProcess daemon = node.startDaemon()) {
            Snapshot before = node.snapshot();
            assertThat(before.parts().get("functions")).hasSize(14);
            assertThat(before.parts().get("drivers"))
                    .hasSize(14)
                    .contains(CardNode.function(1, 6) + " driver igbvf override (null)");
            try (CardPod pod =
                    node.pod(
                                    "first",
                                    """
                                    {"cniVersion": "1.1.0", "type": "ipvlan", "master": "eth1"}
                                    """,
                                    "unused")
                            .added()) {
                assertThat(pod.links()).containsExactly("lo", "eth0", "net1");
                pod.deleted();
            }
            assertThat(node.snapshot().since(before)).isEmpty();
            assertThat(daemon.stop()).isZero();
        }
    }
}
