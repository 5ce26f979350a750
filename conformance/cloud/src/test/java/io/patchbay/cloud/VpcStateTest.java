package io.patchbay.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class VpcStateTest {
    private static final Cidr SUBNET = Cidr.parse("10.0.0.0/28");

    private final VpcState state =
            new VpcState(Cidr.parse("10.0.0.0/16"), List.of(SUBNET, Cidr.parse("10.0.1.0/24")));

    @Test
    void theFirstFourAddressesOfASubnetAndItsLastAreReserved() {
        SimulatedNode node = state.addNode("a", SUBNET, 10);
        assertThat(node.primary().addresses().stream().map(Cidr::text))
                .hasSize(11)
                .startsWith("10.0.0.4")
                .endsWith("10.0.0.14");
        assertThatThrownBy(() -> state.assign(node.primary().id(), 1))
                .hasMessageContaining("10.0.0.0/28")
                .hasMessageContaining("no free address");
    }

    @Test
    void everyAddressHasOneOwner() {
        SimulatedNode a = state.addNode("a", SUBNET, 1, 2);
        SimulatedNode b = state.addNode("b", SUBNET, 1);
        for (SimulatedNode node : List.of(a, b)) {
            for (SimulatedEni eni : node.enis()) {
                assertThat(eni.addresses())
                        .allSatisfy(address -> assertThat(state.owner(address)).contains(node));
            }
        }
        assertThat(state.owner(Cidr.address("10.0.0.13"))).isEmpty();
    }

    @Test
    void whatIsUnassignedIsFreeAgain() {
        SimulatedEni eni = state.addNode("a", SUBNET, 2).primary();
        InetAddress first = eni.secondaries().getFirst();
        state.unassign(eni.id(), first);
        assertThat(state.owner(first)).isEmpty();
        assertThat(state.assign(eni.id(), 1)).containsExactly(first);
        assertThatThrownBy(() -> state.unassign(eni.id(), eni.primary()))
                .hasMessageContaining("no secondary address of " + eni.id());
    }

    @Test
    void metadataListsWhatIsBelowAPath() {
        SimulatedNode node = state.addNode("a", SUBNET, 1, 0);
        MetadataTree tree = MetadataTree.of(node, state.cidr());
        assertThat(tree.find("placement")).contains("availability-zone\nregion");
        assertThat(tree.find("").orElseThrow().lines()).contains("mac", "network/", "placement/");
        assertThat(tree.find("network/interfaces/macs/").orElseThrow().lines())
                .containsExactly(node.primary().mac() + "/", node.enis().getLast().mac() + "/");
        assertThat(tree.find("plac")).isEmpty();
    }
}
