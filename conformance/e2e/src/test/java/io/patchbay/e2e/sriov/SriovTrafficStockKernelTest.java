package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static io.patchbay.e2e.sriov.CardNode.sriov;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Frames on virtual functions: of pods, of a process that drives its function, and over a bond.
@Tag("stock-kernel")
class SriovTrafficStockKernelTest {
    /// A plugin of somebody else's: a bond over the pod's first two networks.
    private static final String BOND =
            """
            #!/bin/sh -e
            inside() { nsenter --net="$CNI_NETNS" -- "$@"; }
            cat > /dev/null
            case $CNI_COMMAND in
              VERSION) echo '{"cniVersion": "1.0.0", "supportedVersions": ["1.0.0", "1.1.0"]}' ;;
              ADD)
                inside ip link add "$CNI_IFNAME" type bond mode active-backup fail_over_mac active miimon 100
                for link in net1 net2; do
                  inside ip link set $link down
                  inside ip link set $link master "$CNI_IFNAME"
                done
                inside ip link set "$CNI_IFNAME" up
                inside ip address add 10.90.0.1/24 dev "$CNI_IFNAME"
                echo '{"cniVersion": "1.1.0", "interfaces": [{"name": "'"$CNI_IFNAME"'", "sandbox": "'"$CNI_NETNS"'"}]}'
                ;;
              DEL) inside ip link delete "$CNI_IFNAME" || true ;;
            esac
            """;

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

    private CardPod addressed(String name, String function, int vlan, String address) {
        return node.pod(
                        name,
                        function,
                        """
                        "vlan": %d, "ipam": {"type": "static", "addresses": [{"address": "%s/24"}]}\
                        """
                                .formatted(vlan, address))
                .added();
    }

    @Test
    void podsOfOneVlanTalkOverOneCardAndOverTheWireAndAnothersPodDoesNot() {
        try (CardPod one = addressed("same-1", function(0, 0), 100, "10.80.0.1");
                CardPod two = addressed("same-2", function(0, 1), 100, "10.80.0.2");
                CardPod far = addressed("same-3", function(1, 0), 100, "10.80.0.3");
                CardPod other = addressed("other", function(0, 2), 200, "10.80.0.4")) {
            one.run("ping", "-c", "1", "-w", "20", "10.80.0.2");
            one.run("ping", "-c", "1", "-w", "20", "10.80.0.3");
            assertThat(one.netns().attempt("ping", "-c", "2", "-w", "4", "10.80.0.4").output())
                    .contains("100% packet loss");
            for (CardPod pod : List.of(one, two, far, other)) {
                pod.deleted();
            }
        }
    }

    @Test
    void aProcessDrivesItsFunctionAndTheCardSeesItsFrames() throws IOException {
        String device = function(0, 3);
        try (CardPod pod =
                node.pod(
                        "driven",
                        device,
                        "\"driver\": \"vfio-pci\", \"mac\": \"02:de:ad:00:0d:01\"")) {
            pod.added();
            Process testpmd =
                    new ProcessBuilder(
                                    "dpdk-testpmd",
                                    "-l",
                                    "0,1",
                                    "--no-huge",
                                    "-m",
                                    "128",
                                    "-a",
                                    device,
                                    "--",
                                    "--forward-mode=txonly",
                                    "--total-num-mbufs=4096",
                                    "--eth-peer=0,02:00:00:00:00:00",
                                    "--stats-period=1")
                            .inheritIO()
                            .start();
            try {
                assertThat(
                                node.run(
                                        "timeout",
                                        "120",
                                        "tcpdump",
                                        "-nei",
                                        "eth0",
                                        "-c",
                                        "5",
                                        "ether",
                                        "src",
                                        "02:de:ad:00:0d:01"))
                        .contains("02:de:ad:00:0d:01 > 02:00:00:00:00:00");
            } finally {
                node.run("kill", "-INT", Long.toString(testpmd.pid()));
                assertThat(testpmd.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue())
                        .isZero();
            }
            pod.deleted();
        }
    }

    @Test
    void aBondOverTwoFunctionsOutlivesTheLossOfOneAndGivesBothBack() throws IOException {
        Path plugin = node.installation().write("bin/bond", BOND);
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        try (CardPod peer = addressed("bond-peer", function(0, 6), 900, "10.90.0.2");
                CardPod pod =
                        node.pod(
                                "bonded",
                                List.of(
                                        sriov(function(0, 4), "\"vlan\": 900"),
                                        sriov(function(1, 4), "\"vlan\": 900"),
                                        new CardNode.Network("\"type\": \"bond\"", "")))) {
            pod.added();
            pod.run("ping", "-c", "1", "-w", "20", "10.90.0.2");
            pod.run("ip", "link", "set", "net1", "down");
            pod.run("ping", "-c", "1", "-w", "30", "10.90.0.2");
            pod.deleted();
            peer.deleted();
        } finally {
            Files.delete(plugin);
        }
    }
}
