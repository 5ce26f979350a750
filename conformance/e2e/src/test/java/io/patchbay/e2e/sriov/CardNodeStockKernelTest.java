package io.patchbay.e2e.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What holds of the machine before any SR-IOV delegate is asked.
@Tag("stock-kernel")
class CardNodeStockKernelTest {

    @Test
    void aPodGetsALinkOnACardAndLeavesTheCardsAsTheyWere() {
        CardNode node = CardNode.shared();
        Snapshot before = node.snapshot();
        assertThat(before.parts().get("functions")).hasSize(14);
        assertThat(before.parts().get("drivers"))
                .contains("drivers/igbvf/" + CardNode.function(1, 6))
                .contains("devices/%s override (null)".formatted(CardNode.function(0, 0)));
        try (CardPod pod =
                node.pod(
                        "first",
                        List.of(
                                new CardNode.Network(
                                        "\"type\": \"ipvlan\", \"master\": \"eth1\"", "")))) {
            pod.added();
            assertThat(pod.links()).containsExactly("lo", "eth0", "net1");
            pod.deleted();
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }
}
