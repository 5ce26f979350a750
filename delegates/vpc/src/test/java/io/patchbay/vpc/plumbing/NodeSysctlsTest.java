package io.patchbay.vpc.plumbing;

import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSysctlsTest {
    private static final EniLink FIRST = new EniLink(eni(0, 1), 3, "eth0", true, 9001);
    private static final EniLink OTHER = new EniLink(eni(1, 1), 4, "eth1", true, 9001);

    private static List<String> keys(Family family) {
        return new NodeSysctls(List.of(OTHER, FIRST), family)
                .wanted().keySet().stream().map(key -> key.replaceAll("^net/|conf/", "")).toList();
    }

    /// Otherwise the kernel forgets the node's default route (rt6_purge_dflt_routers in
    /// net/ipv6/route.c).
    @Test
    void theNodeListensToItsRouterBeforeItForwards() {
        List<String> keys = keys(Family.IPV6);
        assertThat(keys.indexOf("ipv6/eth0/accept_ra")).isBetween(0, 3);
        assertThat(keys.subList(4, 7))
                .containsExactly(
                        "ipv6/all/forwarding", "ipv6/eth1/forwarding", "ipv6/eth0/forwarding");
        assertThat(keys).hasSize(7);
    }

    @Test
    void ofIpv4ThePrimaryInterfaceIsFilteredLoosely() {
        assertThat(keys(Family.IPV4))
                .containsExactly(
                        "ipv4/eth0/rp_filter",
                        "ipv4/ip_forward",
                        "ipv4/eth1/forwarding",
                        "ipv4/eth0/forwarding");
    }
}
