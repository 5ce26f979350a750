package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.kit.snapshot.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Faults of the SR-IOV CNI plugin, by the numbers of the survey that reproduced them. B1 is T1 of
/// {@link SriovAcceptanceStockKernelTest}, B2 is T14, B4 is T3, B6 is T2, B7 is T5, B8 is T4.
@Tag("stock-kernel")
class SriovFormerFaultsStockKernelTest {
    private final CardNode node = CardNode.shared();
    private Snapshot before = node.snapshot();

    @BeforeEach
    void look() {
        before = node.snapshot();
    }

    @AfterEach
    void nothingIsOther() {
        assertThat(node.snapshot().since(before)).isEmpty();
    }

    @Test
    void b03_aDelThatCannotBeFinishedSaysSoUntilItCan() {
        try (CardPod pod = node.pod("b03", function(1, 2), "\"vlan\": 300")) {
            pod.added();
            node.shell("ip netns add away; ip link set eth1 netns away");
            Answer refused = pod.del();
            assertThat(refused.code()).as(refused.output()).isEqualTo(11);
            assertThat(refused.message()).contains(function(1, 2), "0000:02:00.0");
            node.shell(
                    "ip -n away link set eth1 netns 1; ip link set eth1 up; ip netns delete away");
            pod.deleted();
        }
    }

    @Test
    void b04_whatAFailedAddHadDoneIsUndone() {
        try (CardPod pod =
                node.pod(
                        "b04",
                        function(1, 3),
                        "\"vlan\": 300, \"mac\": \"02:de:ad:04:00:01\", \"max_tx_rate\": 4000000")) {
            Answer refused = pod.add();
            assertThat(refused.code()).as(refused.output()).isIn(5, 7);
            assertThat(refused.message()).contains("4000000");
            pod.deleted();
        }
    }

    @Test
    void b05_aFailedAddIsNoPartOfWhatTheNextPodLeaves() {
        String device = function(1, 4);
        try (CardPod failed =
                        node.pod(
                                "b05-failed",
                                device,
                                "\"vlan\": 300, \"mac\": \"02:de:ad:05:00:01\", \"max_tx_rate\": 4000000");
                CardPod right =
                        node.pod(
                                "b05-right",
                                device,
                                "\"vlan\": 301, \"mac\": \"02:de:ad:05:00:02\"")) {
            assertThat(failed.add().code()).isIn(5, 7);
            Answer early = right.add();
            assertThat(early.code()).as(early.output()).isIn(0, 11);
            failed.deleted();
            if (early.code() != 0) {
                right.deleted();
                right.added();
            }
            assertThat(right.link("net1").path("address").asText()).isEqualTo("02:de:ad:05:00:02");
            right.deleted();
        }
    }

    @Test
    void b10_aCardThatWasRenamedIsStillTheCard() {
        try (CardPod pod =
                node.pod("b10", function(1, 5), "\"vlan\": 310, \"mac\": \"02:de:ad:10:00:01\"")) {
            pod.added();
            node.run("ip", "link", "set", "eth1", "name", "media1");
            assertThat(pod.check().output()).isEmpty();
            pod.deleted();
            node.run("ip", "link", "set", "media1", "name", "eth1");
        }
    }

    /// Such a card listens to none of its functions until each has begun anew.
    @Test
    void b05_aCardThatWasDownMeanwhileTakesAMacAddress() {
        node.shell("ip link set eth1 down; ip link set eth1 up");
        try (CardPod pod = node.pod("b05-flap", function(1, 2), "\"mac\": \"02:de:ad:05:00:03\"")) {
            pod.added().deleted();
        }
    }

    @Test
    void b11_aNameThatIsTakenInThePodIsRefusedAndTheLinkStaysHome() {
        try (CardPod pod = node.pod("b11", function(1, 6), "\"vlan\": 311")) {
            pod.run("ip", "link", "add", "net1", "type", "dummy");
            Answer refused = pod.add();
            assertThat(refused.code()).as(refused.output()).isEqualTo(7);
            assertThat(refused.message()).contains("net1");
            pod.deleted();
            assertThat(pod.links()).contains("net1");
        }
    }

    @Test
    void b11_aPodsInterfaceOfTheHostsNameIsNoMatter() {
        String device = function(1, 6);
        try (CardPod pod = node.pod("b11-host", device, "\"vlan\": 312")) {
            String host = node.linkOf(device);
            pod.run("ip", "link", "add", host, "type", "dummy");
            pod.added();
            assertThat(pod.links()).contains("net1", host);
            pod.deleted();
            assertThat(pod.links()).contains(host);
        }
    }
}
