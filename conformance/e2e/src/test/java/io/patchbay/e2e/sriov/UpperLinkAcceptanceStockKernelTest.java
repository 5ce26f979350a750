package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.sriov.CardNode.Network;
import io.patchbay.kit.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The acceptance tests, by their numbers, that are about links made on a card, and about a
/// function that is lent as any device of the host.
@Tag("stock-kernel")
class UpperLinkAcceptanceStockKernelTest {
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

    private CardPod pod(String name, String config) {
        return node.pod(name, List.of(new Network(config, "")));
    }

    private static String ipvlan(String mode) {
        return "\"type\": \"ipvlan\", \"master\": \"eth1\", \"mode\": \"%s\"".formatted(mode);
    }

    private static String address(String one) {
        return """
        , "ipam": {"type": "host-local", "dataDir": "/var/lib/cni/%1$s",
         "ranges": [[{"subnet": "10.99.0.0/24", "rangeStart": "%1$s", "rangeEnd": "%1$s"}]]}\
        """
                .formatted(one)
                .replace("\n", "");
    }

    @Test
    void t08_anotherModeOnOneParentIsRefusedAndTheFirstPodKeepsIts() {
        try (CardPod first = pod("t08-first", ipvlan("l2"));
                CardPod second = pod("t08-second", ipvlan("l3s"))) {
            first.added();
            Answer refused = second.add();
            assertThat(refused.code()).as(refused.output()).isNotZero();
            assertThat(refused.message()).contains("eth1", "l2", "l3s");
            assertThat(first.link("net1").findValue("mode").asText()).isEqualTo("l2");
            second.deleted();
            first.deleted();
        }
    }

    @Test
    void t09_anAddressThatAnotherPodHasOnTheParentLeavesNoLinkAndNoLease() {
        String taken =
                """
                , "ipam": {"type": "static", "addresses": [{"address": "10.99.0.9/24"}]}\
                """;
        try (CardPod first = pod("t09-first", ipvlan("l2") + taken);
                CardPod second = pod("t09-second", ipvlan("l2") + address("10.99.0.9"))) {
            first.added();
            Answer refused = second.add();
            assertThat(refused.code()).as(refused.output()).isNotZero();
            assertThat(refused.message()).contains("10.99.0.9");
            assertThat(second.links()).doesNotContain("net1");
            assertThat(node.snapshot().parts().get("leases")).isEmpty();
            second.deleted();
            first.deleted();
        }
    }

    @Test
    void t11_aVlanWhoseParentIsGoneIsDeletedAllTheSame() {
        node.run("ip", "link", "add", "media", "type", "dummy");
        node.run("ip", "link", "set", "media", "up");
        try (CardPod pod =
                pod("t11", "\"type\": \"vlan\", \"master\": \"media\", \"vlanId\": 11")) {
            pod.added();
            node.run("ip", "link", "delete", "media");
            pod.deleted();
        }
    }

    @Test
    void t10_aHostDeviceIsGivenBackWithItsAddressWithoutANamespaceAndWithADeadOne() {
        Network device =
                new Network("\"type\": \"host-device\"" + address("10.99.0.10"), function(1, 6));
        try (CardPod blind = node.pod("t10-blind", List.of(device));
                CardPod dead = node.pod("t10-dead", List.of(device))) {
            blind.added();
            assertThat(node.snapshot().parts().get("leases")).isNotEmpty();
            blind.deletedBlind();
            dead.added();
            dead.die();
            dead.deleted();
        }
    }
}
