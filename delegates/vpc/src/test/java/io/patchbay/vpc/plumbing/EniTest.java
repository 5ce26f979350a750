package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import io.patchbay.vpc.eni.Eni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EniTest {
    private static final Eni ENI = eni(2, 3);

    @Test
    void tablesAreNumberedAsByAmazonsPlugin() {
        assertThat(eni(0, 0).table()).isEqualTo(Route.MAIN);
        assertThat(eni(1, 0).table()).isEqualTo(2);
        assertThat(eni(1, 1, 0).table()).isEqualTo(10101);
        assertThat(eni(0, 2, 0).table()).isEqualTo(10200);
    }

    @Test
    void anInterfaceIsTheHardwareOfItsMacAddressNotALinkOnTopOfIt() {
        assertThat(
                        EniLink.find(
                                        ENI,
                                        List.of(
                                                link(5, "eth1", "", eni(1, 0).mac()),
                                                link(6, "ipvl0", "ipvlan", ENI.mac()),
                                                link(7, "eth2", "", ENI.mac())))
                                .map(EniLink::name))
                .contains("eth2");
        assertThat(EniLink.find(ENI, List.of(link(5, "eth1", "", eni(1, 0).mac())))).isEmpty();
    }

    private static Link link(int index, String name, String kind, MacAddress mac) {
        return new Link(
                index,
                name,
                kind,
                true,
                9001,
                0,
                Optional.of(mac),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
