package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.machine.PaperCard;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How a link comes home from a pod, on a card on paper.
@Tag("kernel")
class HomecomingKernelTest extends OnCard {
    private static final String LINK = PaperCard.name(PaperCard.virtual(0, 0));
    private static final String ALL =
            """
            "vlan": 500, "trust": "on", "mtu": 1400, "mac": "02:ca:fe:00:00:01"\
            """;

    @Test
    void itIsTakenOutOfALivingPodWhoseNamespaceWasNotGiven() {
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("pod")) {
            Snapshot inside = pod.snapshot();
            node.add(pod, ALL);
            node.rig().delWithoutNamespace(pod);
            assertThat(node.snapshot().since(before)).isEmpty();
            assertThat(pod.snapshot().since(inside)).isEmpty();
        }
    }

    @Test
    void whatThePodDidToItIsUndone() {
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("pod")) {
            node.add(pod, ALL);
            pod.witness()
                    .run(
                            "sh",
                            "-ec",
                            """
                            ip link set eth0 down
                            ip link property add dev eth0 altname own
                            ip link set eth0 name mine mtu 1280 alias mine
                            ip address add 192.0.2.1/24 dev mine
                            ip link set mine up
                            """);
            node.rig().del(pod);
            assertThat(node.snapshot().since(before)).isEmpty();
        }
    }

    /// Whoever has the name keeps it; on the host even the name that it has in the pod is
    /// another's.
    @Test
    void whereItsNameIsTakenItComesUnderAFreeOneAndTellsWhichItHad() {
        try (RigPod pod = new RigPod("pod")) {
            node.add(pod, ALL);
            node.run("ip link add %s type bridge; ip link add eth0 type bridge".formatted(LINK));
            node.rig().del(pod);
            assertThat(node.run("ip -o link show " + LINK)).contains(LINK);
            assertThat(node.run("ip -o link")).contains("alias formerly " + LINK);
            assertThat(pod.witness().run("ip", "-o", "link")).doesNotContain("eth0");
            node.run("ip link delete %s; ip link delete eth0".formatted(LINK));
        }
    }

    @Test
    void theNameOfThePhysicalFunctionDoesNotMatter() {
        Snapshot before = node.snapshot();
        try (RigPod pod = new RigPod("pod")) {
            node.add(pod, ALL);
            node.run("ip link set card0 down; ip link set card0 name other up");
            node.rig().check(pod);
            node.rig().del(pod);
            node.run("ip link set other down; ip link set other name card0 up");
            assertThat(node.snapshot().since(before)).isEmpty();
        }
    }

    /// A refusal may not become the next one's normal state.
    @Test
    void aRefusedAddLeavesItAsItWas() {
        Snapshot before = node.snapshot();
        for (String refused :
                new String[] {
                    "\"link_state\": \"enable\"",
                    "\"min_tx_rate\": 5",
                    "\"max_tx_rate\": 100000",
                    "\"vlanProto\": \"802.1ad\"",
                    "\"mtu\": 9000"
                }) {
            try (RigPod pod = new RigPod("pod")) {
                assertThatThrownBy(
                                () -> node.add(pod, "\"vlan\": 300", "\"trust\": \"on\"", refused))
                        .isInstanceOf(CniException.class)
                        .hasMessageContaining(refused.split("\"", -1)[1]);
            }
            assertThat(node.snapshot().since(before)).as(refused).isEmpty();
        }
    }

    @Test
    void aLinkThatServesTheHostIsNotLent() {
        node.run("ip address add 192.0.2.1/24 dev " + LINK);
        try (RigPod pod = new RigPod("pod")) {
            assertThatThrownBy(() -> node.add(pod))
                    .hasMessageContainingAll(LINK, "in use on the host", "192.0.2.1/24");
        }
        node.run(
                """
                ip address delete 192.0.2.1/24 dev %1$s
                ip link add lan type bridge
                ip link set %1$s master lan
                """
                        .formatted(LINK));
        try (RigPod pod = new RigPod("pod")) {
            assertThatThrownBy(() -> node.add(pod))
                    .hasMessageContainingAll(LINK, "in use on the host", "port of link");
        }
        node.run("ip link delete lan");
    }
}
