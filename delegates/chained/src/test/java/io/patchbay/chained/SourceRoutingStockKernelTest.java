package io.patchbay.chained;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Source-based routing in a pod that has a VRF already, of table 100: `blue`, with an address of
/// network b.
@Tag("stock-kernel")
class SourceRoutingStockKernelTest extends OnCables {
    @BeforeEach
    void makeVrf() {
        shown("ip link add blue type vrf table 100");
        shown("ip link set blue up");
        Cables.run(
                rig.witness(),
                "ip link add inblue link b0 netns %s type macvlan".formatted(pod.path()));
        shown("ip link set inblue master blue up");
        shown("ip address add 10.8.0.9/24 dev inblue");
    }

    @Test
    void theTableOfAVrfIsLeftToIt() {
        refused(network("a", "", "{\"type\": \"sbr\", \"table\": 100}"), "table 100", "VRF");
        refused(
                network("a", "", "{\"type\": \"sbr\", \"tables\": [200, 100]}"),
                "table 100",
                "VRF");

        rig.add(pod, network("a", "", SBR));

        assertThat(shown("ip rule")).contains("from 10.7.0.2 lookup 101");
        assertThat(shown("ip -6 rule")).contains("from fd07::2 lookup 102");
        rig.check(pod);
    }

    /// A VRF has no route, nor a rule of its own, until it has a link.
    @Test
    void theTableOfAVrfWithoutALinkIsLeftToItToo() {
        shown("ip link add red type vrf table 200");
        refused(network("a", "", "{\"type\": \"sbr\", \"table\": 200}"), "table 200", "VRF");
    }

    @Test
    void bothReachTheirOwn() {
        rig.add(pod, network("a", "", SBR));

        assertThat(Cables.pings(pod, "10.7.0.2", "192.0.2.1")).isTrue();
        assertThat(Cables.pings(pod, "fd07::2", "2001:db8::1")).isTrue();
        assertThat(Cables.pings(pod, "blue", "10.8.0.1")).isTrue();

        rig.del(pod);

        assertThat(Cables.pings(pod, "blue", "10.8.0.1")).isTrue();
        assertThat(shown("ip rule")).contains("[l3mdev-table]").doesNotContain("10.7.0.2");
    }
}
