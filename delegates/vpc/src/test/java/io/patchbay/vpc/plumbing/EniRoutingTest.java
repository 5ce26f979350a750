package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Eni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EniRoutingTest {
    private static final int LINK = 9;
    private static final Eni ENI = eni(2, 3);
    private static final Route GATEWAY =
            Route.to(Cidr.parse("10.0.2.1/32")).on(LINK).scope(Scope.LINK).table(3);
    private static final Route DEFAULT =
            Route.to(Cidr.parse("0.0.0.0/0")).via(Cidr.address("10.0.2.1")).on(LINK).table(3);
    private static final Rule RULE = Rule.from(Cidr.parse("10.0.2.4/32"), 32765, 3);
    private static final Route CONNECTED =
            Route.to(Cidr.parse("10.0.2.0/24"))
                    .on(LINK)
                    .source(Cidr.address("10.0.2.4"))
                    .scope(Scope.LINK);

    private static final EniRouting ROUTING =
            new EniRouting(new EniLink(ENI, LINK, "eth2", true, 9001));

    @Test
    void aNewInterfaceGetsATableAndARule() {
        assertThat(ROUTING.changes(List.of(), List.of(CONNECTED), List.of()))
                .isEqualTo(
                        List.of(
                                new AddRoute(GATEWAY),
                                new AddRoute(DEFAULT),
                                new AddRule(RULE),
                                new DeleteRoute(CONNECTED)));
    }

    @Test
    void whatIsThereIsLeftAlone() {
        assertThat(
                        ROUTING.changes(
                                List.of(DEFAULT, GATEWAY), List.of(CONNECTED.on(4)), List.of(RULE)))
                .isEmpty();
    }

    @Test
    void whatLeadsElsewhereIsReplaced() {
        Route wrong = DEFAULT.via(Cidr.address("10.0.2.9"));
        Rule old = Rule.from(Cidr.parse("10.0.2.4/32"), 32765, 7);
        List<Change> changes =
                ROUTING.changes(List.of(GATEWAY, wrong), List.of(), List.of(old, RULE));
        assertThat(changes)
                .isEqualTo(
                        List.of(
                                new DeleteRoute(wrong),
                                new AddRoute(DEFAULT),
                                new DeleteRule(old)));
    }

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
