package io.patchbay.vpc.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import org.junit.jupiter.api.Test;

class EndTest {
    private static End end(String owner, String node, boolean strict, Place place) {
        return new End(owner, node, strict, Cidr.address("10.0.0.7"), place);
    }

    private final End plain = end("plain", "a", false, Place.NODE);
    private final End member = end("member", "a", false, Place.BRANCH);
    private final End strict = end("strict", "a", true, Place.BRANCH);
    private final End far = end("far", "b", false, Place.NODE);

    @Test
    void onOneNodeNoGroupIsAskedUnlessOneOfThemIsStrict() {
        assertThat(plain.reaches(member, Probe.CLOSED_PORT)).isTrue();
        assertThat(plain.reaches(strict, Probe.CLOSED_PORT)).isFalse();
        assertThat(strict.reaches(plain, Probe.CLOSED_PORT)).isFalse();
        assertThat(member.reaches(strict, Probe.CLOSED_PORT)).isTrue();
    }

    @Test
    void betweenNodesTheGroupOfTheReceiverDecidesByProtocolPortAndPeer() {
        assertThat(plain.reaches(far, Probe.OPEN_PORT)).isTrue();
        assertThat(plain.reaches(far, Probe.CLOSED_PORT)).isFalse();
        assertThat(plain.reaches(far, Probe.PING)).isTrue();
        assertThat(far.reaches(member, Probe.PING)).isFalse();
        assertThat(far.reaches(member, Probe.OPEN_PORT)).isTrue();
        assertThat(far.reaches(end("leg", "a", false, Place.NETWORK), Probe.OPEN_PORT)).isFalse();
    }

    @Test
    void aPingOfIpv6IsPermittedByItsOwnProtocol() {
        assertThat(Place.ENI_CONFIG.group().ingress())
                .extracting(permission -> permission.protocol())
                .containsExactlyInAnyOrder("tcp", "icmp", "icmpv6");
        End six = new End("six", "b", false, Cidr.address("2001:db8::1"), Place.NODE);
        assertThat(
                        six.reaches(
                                new End("custom", "a", false, six.address(), Place.ENI_CONFIG),
                                Probe.PING))
                .isTrue();
    }
}
