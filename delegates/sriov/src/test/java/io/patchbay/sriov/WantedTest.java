package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.SpoofCheck;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Trust;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final Vlan UNTAGGED = new Vlan(0, 0, VlanProtocol.DOT1Q);

    private static final VirtualFunction FRESH =
            new VirtualFunction(
                    3,
                    new MacAddress(0x0200_0000_0003L),
                    UNTAGGED,
                    new Rate(0, 0),
                    Optional.of(true),
                    Optional.of(false),
                    State.AUTO);

    private static VirtualFunction wanted(String json) {
        return Wanted.of(Keys.bind(json), FRESH);
    }

    @Test
    void nothingIsWrittenThatIsSoAlready() {
        assertThat(Wanted.steps(FRESH, wanted("{}"))).isEmpty();
        assertThat(
                        Wanted.steps(
                                FRESH,
                                wanted(
                                        """
                                        {"vlan": 0, "spoofchk": "on", "trust": "off",
                                         "link_state": "auto", "min_tx_rate": 0, "max_tx_rate": 0}
                                        """)))
                .isEmpty();
    }

    @Test
    void everyKeyIsOneStepAndTheWayBackUndoesIt() {
        VirtualFunction all =
                wanted(
                        """
                        {"vlan": 100, "vlanQoS": 3, "vlanProto": "802.1ad", "spoofchk": "off",
                         "trust": "on", "link_state": "enable", "min_tx_rate": 10,
                         "max_tx_rate": 20}
                        """);
        assertThat(Wanted.steps(FRESH, all))
                .containsExactly(
                        new Vlan(100, 3, VlanProtocol.DOT1AD),
                        new Rate(10, 20),
                        new SpoofCheck(false),
                        new Trust(true),
                        State.ENABLE);
        assertThat(Wanted.steps(all, FRESH))
                .containsExactly(
                        UNTAGGED,
                        new Rate(0, 0),
                        new SpoofCheck(true),
                        new Trust(false),
                        State.AUTO);
    }

    /// The two rates are one message: the kernel would take the other for 0.
    @Test
    void aRateThatIsNotNamedStays() {
        VirtualFunction limited =
                new VirtualFunction(
                        3,
                        FRESH.mac(),
                        UNTAGGED,
                        new Rate(5, 50),
                        Optional.of(true),
                        Optional.of(false),
                        State.AUTO);
        assertThat(Wanted.of(Keys.bind("{\"max_tx_rate\": 80}"), limited).rate())
                .isEqualTo(new Rate(5, 80));
        assertThat(Wanted.of(Keys.bind("{\"min_tx_rate\": 7}"), limited).rate())
                .isEqualTo(new Rate(7, 50));
    }

    @Test
    void whatADriverDoesNotTellIsWrittenAndNotWaitedFor() {
        VirtualFunction silent =
                new VirtualFunction(
                        3,
                        FRESH.mac(),
                        UNTAGGED,
                        new Rate(0, 0),
                        Optional.empty(),
                        Optional.empty(),
                        State.AUTO);
        VirtualFunction trusted = Wanted.of(Keys.bind("{\"trust\": \"on\"}"), silent);
        assertThat(Wanted.steps(silent, trusted)).containsExactly(new Trust(true));
        assertThat(Wanted.isTold(new Trust(true), silent)).isFalse();
        assertThat(Wanted.isTold(new Trust(true), FRESH)).isTrue();
    }
}
