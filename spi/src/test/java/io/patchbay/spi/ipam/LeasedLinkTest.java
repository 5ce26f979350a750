package io.patchbay.spi.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LeasedLinkTest {
    private static final Cidr TEN = Cidr.parse("10.0.0.0/8");
    private static final Ip FIRST = ip("10.1.0.5/24", "10.1.0.1");
    private static final Ip SIXTH = ip("2001:db8::5/64", "2001:db8::1");

    @Test
    void aRouteWithoutAGatewayGoesThroughTheFirstOfItsFamily() {
        LeasedLink link =
                with(
                        List.of(SIXTH, FIRST, ip("10.2.0.5/24", "10.2.0.1")),
                        CniResult.Route.of(TEN, Optional.empty()),
                        CniResult.Route.of(Cidr.any(true), Optional.empty()));

        assertThat(link.routes())
                .containsExactly(
                        Route.to(TEN).on(7).via(Cidr.address("10.1.0.1")),
                        Route.to(Cidr.any(true)).on(7).via(Cidr.address("2001:db8::1")));
    }

    @Test
    void aRouteOfScopeLinkHasNoGateway() {
        assertThat(with(List.of(FIRST), scoped(253)).routes())
                .containsExactly(Route.to(TEN).on(7).scope(Scope.LINK));
    }

    @Test
    void aRouteThatFindsNoGatewayIsOnTheLink() {
        assertThat(
                        with(
                                        List.of(
                                                new Ip(
                                                        FIRST.address(),
                                                        Optional.empty(),
                                                        OptionalInt.empty())),
                                        CniResult.Route.of(TEN, Optional.empty()))
                                .routes())
                .containsExactly(Route.to(TEN).on(7).scope(Scope.LINK));
    }

    @Test
    void everyWordOfARouteReachesTheKernel() {
        CniResult.Route told =
                new CniResult.Route(
                        Cidr.parse("10.9.9.9/8"),
                        Optional.of(Cidr.address("10.1.0.9")),
                        1400,
                        1360,
                        OptionalInt.of(50),
                        OptionalInt.of(100),
                        OptionalInt.of(0));

        assertThat(with(List.of(FIRST), told).routes())
                .containsExactly(
                        Route.to(TEN)
                                .on(7)
                                .via(Cidr.address("10.1.0.9"))
                                .mtu(1400)
                                .advmss(1360)
                                .metric(50)
                                .table(100));
    }

    @Test
    void aScopeThatTheKernelDoesNotKnowIsRefusedByNumber() {
        assertThatThrownBy(() -> with(List.of(FIRST), scoped(17)).routes())
                .isInstanceOf(CniException.class)
                .hasMessageContaining("10.0.0.0/8 has scope 17");
    }

    @Test
    void aRouteThatThePodHasAlreadyComesBehindIt() {
        Route mine = Route.to(TEN).on(7);
        Route sixth = Route.to(Cidr.any(true)).on(7);

        assertThat(behind(mine, Route.to(Cidr.any(false)).on(2))).isEqualTo(mine);
        assertThat(behind(mine, mine.on(2), mine.on(3).metric(4))).isEqualTo(mine.metric(5));
        assertThat(behind(mine, mine.on(2).metric(100))).isEqualTo(mine.metric(101));
        assertThat(behind(sixth, sixth.on(2).metric(1024))).isEqualTo(sixth.metric(1025));
        assertThat(behind(sixth, sixth.on(2).metric(256))).isEqualTo(sixth);
    }

    @Test
    void aPriorityIsRaisedOnlyAsFarAsItIsTaken() {
        Route mine = Route.to(TEN).on(7).metric(7);
        List<Route> there = List.of(mine.on(2), mine.on(3).metric(8), mine.on(4).metric(100));

        assertThat(LeasedRoutes.behind(there, mine, true)).isEqualTo(mine.metric(9));
        assertThat(LeasedRoutes.behind(List.of(mine.on(2).metric(8)), mine, true)).isEqualTo(mine);
    }

    private static Route behind(Route route, Route... there) {
        return LeasedRoutes.behind(List.of(there), route, false);
    }

    @Test
    void theResultPutsTheLeaseOnTheLinkInThePod() {
        Interface host = Interface.onHost("net1", new MacAddress(2), 1500);
        Interface pod = Interface.inSandbox("net1", new MacAddress(3), 1500, "/proc/1/ns/net");
        LeasedLink link = with(List.of(FIRST, SIXTH), CniResult.Route.of(TEN, Optional.empty()));

        CniResult result = link.result(List.of(host, pod));

        assertThat(result.interfaces()).containsExactly(host, pod);
        assertThat(result.ips()).containsExactly(FIRST.on(1), SIXTH.on(1));
        assertThat(result.routes()).isEqualTo(link.lease().routes());
        assertThat(LeasedLink.of(7, "net1", result).lease().ips()).isEqualTo(result.ips());
        assertThat(LeasedLink.of(7, "net2", result).lease().ips()).isEmpty();
    }

    private static LeasedLink with(List<Ip> ips, CniResult.Route... routes) {
        return new LeasedLink(7, "net1", new Lease(ips, List.of(routes), Optional.empty()));
    }

    private static CniResult.Route scoped(int scope) {
        return new CniResult.Route(
                TEN,
                Optional.empty(),
                0,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(scope));
    }

    private static Ip ip(String address, String gateway) {
        return new Ip(Cidr.parse(address), Optional.of(Cidr.address(gateway)), OptionalInt.empty());
    }
}
