package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PhysicalPortTest {
    private static final MacAddress WANTED = MacAddress.parse("02:ca:fe:00:00:01");

    private static final Link PHYSICAL =
            new Link(
                    7,
                    "ens1f0",
                    "",
                    true,
                    1500,
                    0,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());

    private static PhysicalPort port(SlowCard card, String driver) {
        return new PhysicalPort(card, PHYSICAL, driver, 0);
    }

    @Test
    void aDriverThatIsKnownToBeLateIsAwaited() {
        assertThatCode(() -> port(new SlowCard(3), "i40e").fix(WANTED)).doesNotThrowAnyException();
    }

    @Test
    void aDriverThatSaysYesAndDoesNotIsFoundOutByReading() {
        assertThatThrownBy(() -> port(new SlowCard(3), "igb").fix(WANTED))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("igb", "ens1f0", WANTED.toString(), "did not do it");
    }

    @Test
    void whatIsSoAlreadyIsNotWritten() {
        SlowCard card = new SlowCard(0);
        PhysicalPort port = port(card, "igb");
        port.become(port.read());
        assertThat(card.written()).isEmpty();
    }
}
