package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change.AddBridgeVlans;
import io.patchbay.spi.net.Change.DeleteBridgeVlans;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortVlansTest {
    private static final int PORT = 7;

    @Test
    void aPortWithoutVlansIsLeftAsItIs() {
        assertThat(PortVlans.of(Keys.none().config()).changes(PORT)).isEmpty();
    }

    @Test
    void aVlanTakesTheDefaultsPlace() {
        assertThat(PortVlans.of(Keys.none().with("vlan", "100").config()).changes(PORT))
                .containsExactly(
                        new DeleteBridgeVlans(PORT, 1, 4094),
                        new AddBridgeVlans(PORT, BridgeVlans.ofUntagged(100)));
    }

    @Test
    void theDefaultStaysWhereItIsAskedFor() {
        BridgeConfig config =
                Keys.none().with("vlan", "100").with("preserveDefaultVlan", "true").config();

        assertThat(PortVlans.of(config).changes(PORT))
                .containsExactly(new AddBridgeVlans(PORT, BridgeVlans.ofUntagged(100)));
    }

    @Test
    void aTrunkAloneTakesFramesWithoutATagInVlanOne() {
        assertThat(PortVlans.of(Keys.none().with("vlanTrunk", "200").config()).changes(PORT))
                .containsExactly(
                        new DeleteBridgeVlans(PORT, 1, 4094),
                        new AddBridgeVlans(PORT, BridgeVlans.tagged(200, 200)),
                        new AddBridgeVlans(PORT, BridgeVlans.ofUntagged(1)));
    }

    /// The reference plugin adds the trunk last, and so the VLAN loses both its flags.
    @Test
    void aTrunkOverThePortsOwnVlanLeavesItUntagged() {
        BridgeConfig config = Keys.none().with("vlan", "100").with("vlanTrunk", "100").config();

        assertThat(PortVlans.of(config).changes(PORT))
                .containsExactly(
                        new DeleteBridgeVlans(PORT, 1, 4094),
                        new AddBridgeVlans(PORT, BridgeVlans.ofUntagged(100)));
    }

    @Test
    void neighbouringVlansAreOneRun() {
        assertThat(vlans(100, false, 10, 11, 12, 20).changes(PORT))
                .contains(
                        new AddBridgeVlans(PORT, BridgeVlans.tagged(10, 12)),
                        new AddBridgeVlans(PORT, BridgeVlans.tagged(20, 20)));
    }

    @Test
    void whatAPortCarriesMatchesInWhateverRunsItIsTold() {
        PortVlans vlans = vlans(100, false, 10, 11, 12);

        assertThat(vlans.match(List.of(BridgeVlans.tagged(10, 12), BridgeVlans.ofUntagged(100))))
                .isTrue();
        assertThat(
                        vlans.match(
                                List.of(
                                        BridgeVlans.tagged(10, 10),
                                        BridgeVlans.tagged(11, 12),
                                        BridgeVlans.ofUntagged(100))))
                .isTrue();
    }

    @Test
    void aVlanTooFewOrTooManyOrOfOtherFlagsDoesNotMatch() {
        PortVlans vlans = vlans(100, false, 10, 11);
        BridgeVlans own = BridgeVlans.ofUntagged(100);

        assertThat(vlans.match(List.of(BridgeVlans.tagged(10, 10), own))).isFalse();
        assertThat(vlans.match(List.of(BridgeVlans.tagged(10, 12), own))).isFalse();
        assertThat(vlans.match(List.of(BridgeVlans.tagged(10, 11)))).isFalse();
        assertThat(vlans.match(List.of(BridgeVlans.tagged(10, 11), BridgeVlans.tagged(100, 100))))
                .isFalse();
        assertThat(
                        vlans.match(
                                List.of(
                                        new BridgeVlans(1, 1, false, true),
                                        BridgeVlans.tagged(10, 11),
                                        own)))
                .isFalse();
        assertThat(vlans.match(List.of(new BridgeVlans(10, 11, false, true), own))).isFalse();
    }

    @Test
    void whatTheBridgeGaveMayStayWhereItIsKept() {
        assertThat(
                        vlans(100, true)
                                .match(
                                        List.of(
                                                new BridgeVlans(1, 1, false, true),
                                                BridgeVlans.ofUntagged(100))))
                .isTrue();
    }

    private static PortVlans vlans(int untagged, boolean keepsDefault, int... tagged) {
        BitSet ids = new BitSet();
        IntStream.of(tagged).forEach(ids::set);
        return new PortVlans(untagged, ids, keepsDefault);
    }
}
