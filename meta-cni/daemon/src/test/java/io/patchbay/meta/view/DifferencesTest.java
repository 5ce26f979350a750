package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final List<RouteView> ROUTES =
            List.of(new RouteView(Views.defaultRoute().table(100), "eth0", Side.POD));

    private static List<String> of(boolean up, int mtu, List<Cidr> addresses) {
        return Differences.of(
                "eth0",
                Views.result("eth0"),
                Optional.of(Views.link("eth0", up, mtu)),
                addresses,
                ROUTES);
    }

    @Test
    void whatIsAsItWasLeftHasNone() {
        assertThat(of(true, 1500, List.of(Views.ADDRESS, Cidr.parse("fe80::2/64")))).isEmpty();
    }

    @Test
    void everyOneIsNamed() {
        CniResult result = Views.result("net1");
        assertThat(
                        Differences.of(
                                "net1",
                                result,
                                Optional.of(Views.link("net1", false, 1400)),
                                List.of(Cidr.parse("10.9.9.9/32")),
                                List.of()))
                .containsExactly(
                        "the link is down",
                        "the MTU is 1400, and ADD gave 1500",
                        "address 10.20.0.10/24 is gone, and ADD gave it",
                        "address 10.9.9.9/32 is there, and ADD did not give it",
                        "route 0.0.0.0/0 via 10.20.0.1 is gone, and ADD made it");
    }

    @Test
    void aLinkThatIsGoneIsOneDifferenceAndNoneWhereThereWasNoLink() {
        assertThat(
                        Differences.of(
                                "eth0",
                                Views.result("eth0"),
                                Optional.empty(),
                                List.of(),
                                List.of()))
                .containsExactly("there is no such link in the pod, and ADD made one");
        assertThat(Differences.of("net1", CniResult.EMPTY, Optional.empty(), List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void anAddressOfAnotherLinkIsNotMissedHere() {
        CniResult both = Views.result("eth0").plus(Views.result("eth1"));
        assertThat(Differences.given("eth0", both)).containsExactly(Views.ADDRESS);
        CniResult placeless =
                new CniResult(
                        List.of(),
                        List.of(
                                new CniResult.Ip(
                                        Views.ADDRESS, Optional.empty(), OptionalInt.empty())),
                        List.of(),
                        CniResult.Dns.EMPTY);
        assertThat(Differences.given("eth0", placeless)).containsExactly(Views.ADDRESS);
    }
}
