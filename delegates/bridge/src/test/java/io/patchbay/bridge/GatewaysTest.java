package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GatewaysTest {
    @Test
    void aBridgeThatIsNoGatewayLeavesTheLeaseAlone() {
        Lease lease = lease(ip("10.1.0.5/24", ""));

        assertThat(Gateways.none(lease)).isEqualTo(new Gateways(lease, List.of()));
    }

    @Test
    void aBridgeCarriesTheGatewayOfEachAddressInItsSubnet() {
        Gateways gateways =
                Gateways.of(
                        lease(ip("10.1.0.5/24", "10.1.0.254"), ip("2001:db8::5/64", "")), false);

        assertThat(gateways.addresses())
                .containsExactly(Cidr.parse("10.1.0.254/24"), Cidr.parse("2001:db8::1/64"));
        assertThat(gateways.lease().ips())
                .containsExactly(
                        ip("10.1.0.5/24", "10.1.0.254"), ip("2001:db8::5/64", "2001:db8::1"));
        assertThat(gateways.lease().routes()).isEmpty();
    }

    @Test
    void addressesOfOneSubnetShareTheirGateway() {
        assertThat(
                        Gateways.of(lease(ip("10.1.0.5/24", ""), ip("10.1.0.6/24", "")), false)
                                .addresses())
                .containsExactly(Cidr.parse("10.1.0.1/24"));
    }

    @Test
    void theDefaultGatewayBringsADefaultRouteForEachFamily() {
        Gateways gateways =
                Gateways.of(lease(ip("10.1.0.5/24", ""), ip("2001:db8::5/64", "")), true);

        assertThat(gateways.lease().routes())
                .containsExactly(
                        CniResult.Route.of(Cidr.any(false), Optional.of(Cidr.address("10.1.0.1"))),
                        CniResult.Route.of(
                                Cidr.any(true), Optional.of(Cidr.address("2001:db8::1"))));
    }

    @Test
    void aDefaultRouteOfTheLeaseIsKept() {
        CniResult.Route own =
                CniResult.Route.of(Cidr.any(false), Optional.of(Cidr.address("10.1.0.9")));
        Lease lease = new Lease(List.of(ip("10.1.0.5/24", "")), List.of(own), Optional.empty());

        assertThat(Gateways.of(lease, true).lease().routes()).containsExactly(own);
    }

    @Test
    void anAddressWithoutASubnetNeedsAGateway() {
        assertThatThrownBy(() -> Gateways.of(lease(ip("10.1.0.5/32", "")), false))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("10.1.0.5/32");
    }

    private static Lease lease(Ip... ips) {
        return new Lease(List.of(ips), List.of(), Optional.empty());
    }

    private static Ip ip(String address, String gateway) {
        return new Ip(
                Cidr.parse(address),
                gateway.isEmpty() ? Optional.empty() : Optional.of(Cidr.address(gateway)),
                OptionalInt.empty());
    }
}
