package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tests, by their numbers, that a delegate for virtual functions has to pass and that those of
/// its day failed. T8, T9 and T11 are about other links.
@Tag("stock-kernel")
class SriovAcceptanceStockKernelTest {
    private static final String VARIED =
            """
            "vlan": 200, "vlanQoS": 3, "mac": "02:de:ad:00:00:01", "mtu": 1400, "trust": "on",
            "spoofchk": "off", "max_tx_rate": 50\
            """
                    .replace("\n", " ");

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
    void t01_aFunctionOnVfioComesBackAtTheFirstDelAndIsFreeAtOnce() {
        String device = function(0, 0);
        String mac = node.shell("cat /sys/bus/pci/devices/%s/net/*/address".formatted(device));
        node.bind(device, "vfio-pci");
        Snapshot bound = node.snapshot();
        for (String name : List.of("t01-first", "t01-next")) {
            try (CardPod pod =
                    node.pod(name, device, "\"vlan\": 100, \"mac\": \"02:de:ad:01:00:01\"")) {
                pod.added();
                assertThat(pod.links()).containsExactly("lo", "eth0");
                assertThat(pod.status()).contains(device, "02:de:ad:01:00:01");
                pod.deleted();
            }
            assertThat(node.snapshot().since(bound)).isEmpty();
        }
        node.bind(device, "");
        node.awaitLinks();
        // The driver gives it another random address.
        node.run("ip", "link", "set", node.linkOf(device), "address", mac.strip());
    }

    @Test
    void t01_aFunctionThatIsBoundForThePodGetsItsDriverAndItsLinkBack() {
        String device = function(0, 1);
        try (CardPod pod = node.pod("t01-bound", device, "\"driver\": \"vfio-pci\"")) {
            pod.added();
            assertThat(node.snapshot().parts().get("drivers"))
                    .contains("drivers/vfio-pci/" + device);
            assertThat(pod.check().output()).isEmpty();
            pod.deleted();
        }
    }

    @Test
    void t02_aLinkWhoseNamespaceDiedIsItsOldSelfAfterDel() {
        try (CardPod pod = node.pod("t02", function(0, 2), VARIED)) {
            pod.added();
            assertThat(pod.link("net1").path("address").asText()).isEqualTo("02:de:ad:00:00:01");
            assertThat(pod.link("net1").path("mtu").asInt()).isEqualTo(1400);
            assertThat(pod.check().output()).isEmpty();
            pod.die();
            pod.deleted();
        }
    }

    @Test
    void t03_whatTheCardCannotDoIsRefusedAndNothingIsChanged() {
        try (CardPod pod =
                node.pod("t03", function(0, 3), VARIED + ", \"link_state\": \"enable\"")) {
            Answer refused = pod.add();
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.message()).contains("\"link_state\"", "\"enable\"", "igb");
            pod.deleted();
        }
    }

    @Test
    void t04_aLinkWhoseNameIsTakenComesBackUnderAnother() {
        String device = function(0, 4);
        String name = node.linkOf(device);
        try (CardPod pod = node.pod("t04", device, "")) {
            pod.added();
            node.run("ip", "link", "add", name, "type", "dummy");
            pod.deleted();
            String other = node.linkOf(device);
            assertThat(other).isNotEqualTo(name);
            assertThat(node.run("ip", "-d", "link", "show", other)).contains(name);
            node.run("ip", "link", "delete", name);
            node.shell(
                    "ip link set %1$s down; ip link set %1$s name %2$s; ip link set %2$s alias ''"
                            .formatted(other, name));
        }
    }

    @Test
    void t05_aDelWithoutANamespaceRestoresEverything() {
        try (CardPod pod = node.pod("t05", function(0, 5), VARIED)) {
            pod.added();
            pod.deletedBlind();
            assertThat(pod.links()).doesNotContain("net1");
        }
    }

    @Test
    void t07_ofTwoThatRaceForAFunctionOneGetsItAndTheOtherMayTryAgain() throws Exception {
        String device = function(0, 6);
        try (CardPod one = node.pod("t07-one", device, "\"vlan\": 101");
                CardPod two = node.pod("t07-two", device, "\"vlan\": 102");
                ExecutorService runtimes = Executors.newFixedThreadPool(2)) {
            Future<Answer> first = runtimes.submit(one::add);
            Future<Answer> second = runtimes.submit(two::add);
            assertThat(List.of(first.get().code(), second.get().code()))
                    .containsExactlyInAnyOrder(0, 11);
            Answer lost = first.get().code() == 0 ? second.get() : first.get();
            assertThat(lost.message()).contains(device, "core/t07-");
            boolean firstWon = first.get().code() == 0;
            CardPod winner = firstWon ? one : two;
            CardPod loser = firstWon ? two : one;
            loser.deleted();
            assertThat(winner.check().output()).isEmpty();
            winner.deleted();
            loser.added().deleted();
        }
    }

    @Test
    void t12_aWordThatIsNeitherOnNorOffIsRefused() {
        try (CardPod pod = node.pod("t12", function(1, 0), "\"spoofchk\": \"yes\"")) {
            Answer refused = pod.add();
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.message()).contains("\"spoofchk\"", "\"yes\"", "on");
            pod.deleted();
        }
    }

    @Test
    void t14_aPodsOwnTapIsNotTheDelegatesToTouch() {
        try (CardPod pod = node.pod("t14", function(1, 1), "\"driver\": \"vfio-pci\"")) {
            pod.added();
            pod.run("ip", "tuntap", "add", "net1", "mode", "tap");
            pod.run("ip", "link", "set", "net1", "up");
            pod.deleted();
            assertThat(pod.links()).containsExactly("lo", "net1");
            assertThat(pod.link("net1").path("flags").toString()).contains("\"UP\"");
        }
    }
}
