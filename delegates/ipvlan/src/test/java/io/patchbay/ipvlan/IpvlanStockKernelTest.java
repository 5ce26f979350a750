package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.rig.StaleNeighbour;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("stock-kernel")
class IpvlanStockKernelTest {
    @TempDir private Path state;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new IpvlanProvider(), new MacvlanProvider(), new VlanProvider());
        Networks.layParent(rig);
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    private String network(String keys) {
        return Networks.dualStack(rig, "ipvlan", keys);
    }

    @ParameterizedTest
    @CsvSource({
        "l2, bridge, true",
        "l3, bridge, true",
        "l3s, bridge, true",
        "l2, private, false",
        "l2, vepa, false"
    })
    void theKernelShowsModeAndFlagAndPodsReachEachOtherAccordingly(
            String mode, String flag, boolean reachable) {
        String keys = "\"mode\": \"%s\", \"flag\": \"%s\"".formatted(mode, flag);
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(keys));
            rig.add(two, network(keys));

            assertThat(one.witness().run("ip", "-j", "-d", "link", "show", "eth0"))
                    .contains("\"info_kind\":\"ipvlan\"", "\"mode\":\"" + mode + "\"");
            String limit = reachable ? "60" : "3";
            assertThat(one.witness().attempt("ping", "-c", "1", "-w", limit, "10.7.0.3").status())
                    .isEqualTo(reachable ? 0 : 1);
            rig.check(one);
            rig.del(one);
            rig.del(two);
            assertThat(one.witness().attempt("ip", "link", "show", "eth0").status()).isNotZero();
        }
    }

    /// Its own MAC address is its parent's.
    @Test
    void theNeighboursLearnOfThePodInBothFamilies() {
        StaleNeighbour neighbour = StaleNeighbour.on(rig.witness(), "up1", "10.7.0.2", "fd07::2");
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network("\"mode\": \"l2\"")).getFirst().result();

            neighbour.awaitTold(result.interfaces().getFirst().mac().orElseThrow());
        }
    }

    /// As where a bond fails over.
    @Test
    void theNeighboursLearnWhenTheParentGetsAnotherMacAddress() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"mode\": \"l2\""));
            StaleNeighbour neighbour =
                    StaleNeighbour.on(rig.witness(), "up1", "10.7.0.2", "fd07::2");
            Networks.run(rig, "ip link set up0 address 02:00:00:00:00:78");

            neighbour.awaitTold("02:00:00:00:00:78");
        }
    }

    @Test
    void anotherModeIsRefusedWhileAPodUsesTheParentAndTakenAfterwards() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network("\"mode\": \"l2\""));
            rig.restart();

            assertThatThrownBy(() -> rig.add(two, network("\"mode\": \"l3s\"")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("l3s", "l2", "up0", "one");
            rig.check(one);
            rig.del(one);
            rig.add(two, network("\"mode\": \"l3s\""));
            rig.check(two);
        }
    }

    @Test
    void checkNoticesThatSomebodyElseChangedTheMode() {
        try (RigPod pod = new RigPod("one")) {
            rig.add(pod, network("\"mode\": \"l2\""));
            Networks.run(rig, "ip link add link up0 name other type ipvlan mode l3");

            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("should have mode l2, and has mode l3");
        }
    }

    @Test
    void aLinkOfTheNodeDecidesTheModeToo() {
        Networks.run(rig, "ip link add link up0 name other type ipvlan mode l3");
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, network("\"mode\": \"l2\"")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("\"mode\" is \"l2\"", "other", "up0");
        }
    }

    @Test
    void macvlanLinksOfPodsAndIpvlanLinksDoNotShareAParent() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, Networks.dualStack(rig, "macvlan", ""));
            assertThatThrownBy(() -> rig.add(two, network("")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("up0", "another kind");
            rig.del(one);
            rig.add(two, network(""));
            assertThatThrownBy(() -> rig.add(one, Networks.dualStack(rig, "macvlan", "")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContainingAll("up0", "another kind");
        }
    }

    @Test
    void anIpvlanLinkIsNoParent() {
        Networks.run(rig, "ip link add link up0 name other type ipvlan mode l2");
        Networks.run(rig, "ip link set other up");
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, network("\"master\": \"other\"")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("other is an ipvlan link itself");
        }
    }

    @Test
    void behindAnotherPluginTheParentAndTheAddressesAreThatOnes() throws IOException {
        installBefore();
        try (RigPod pod = new RigPod("one")) {
            CniResult result =
                    rig.add(
                                    pod,
                                    """
                                    {"cniVersion": "1.0.0", "name": "chain", "plugins":
                                     [{"type": "before"}, {"type": "ipvlan"}]}\
                                    """)
                            .getFirst()
                            .result();

            assertThat(result.interfaces())
                    .extracting(CniResult.Interface::name)
                    .containsExactly("up1", "eth0");
            assertThat(result.ips())
                    .extracting(ip -> ip.address() + " of " + ip.link().orElseThrow())
                    .containsExactly("10.7.0.44/24 of 1");
            rig.check(pod);
            Networks.run(rig, "ip address add 10.7.0.99/24 dev up0");
            pod.witness().run("ping", "-c", "1", "-w", "60", "10.7.0.99");
            rig.del(pod);
            assertThat(pod.witness().attempt("ip", "link", "show", "eth0").status()).isNotZero();
        }
    }

    /// A plugin that gives up1 to the one behind it, and an address.
    private void installBefore() throws IOException {
        Path plugin = state.resolve("before");
        Files.writeString(
                plugin,
                """
                #!/bin/sh
                [ "$CNI_COMMAND" = ADD ] || exit 0
                echo '{"cniVersion": "1.0.0", "interfaces": [{"name": "up1"}],
                  "ips": [{"address": "10.7.0.44/24"}]}'
                """);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig.install("before", plugin);
    }
}
