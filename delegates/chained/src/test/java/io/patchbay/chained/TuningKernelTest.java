package io.patchbay.chained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.rig.StaleNeighbour;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What tuning does to a link, and how it is undone; each defect that the reference plugin has in
/// it.
@Tag("kernel")
class TuningKernelTest extends OnCables {
    private static final String MAC = "02:00:00:00:51:61";
    private static final String ALL =
            """
            {"type": "tuning", "mac": "%s", "mtu": 1400, "promisc": true, "allmulti": true, "txQLen": 77,
             "sysctl": {"net.ipv4.conf.IFNAME.arp_filter": "1", "net.core.somaxconn": "2048"}}\
            """
                    .formatted(MAC.toUpperCase(java.util.Locale.ROOT));

    private String tuned(String... behind) {
        return Cables.network("a", Cables.leases(rig, "a", ""), behind);
    }

    private String sysctl(String key) {
        return shown("cat /proc/sys/" + key).strip();
    }

    private static CniResult.Interface link(CniResult result) {
        return result.interfaces().getFirst();
    }

    @Test
    void theLinkIsAsAskedForAndTheResultTellsIt() {
        CniResult result = rig.add(pod, tuned(ALL)).getFirst().result();

        assertThat(link(result).mac()).contains(MacAddress.parse(MAC));
        assertThat(link(result).mtu()).isEqualTo(1400);
        assertThat(shown("ip -d link show eth0"))
                .contains("PROMISC", "ALLMULTI", "mtu 1400", "qlen 77", MAC);
        assertThat(sysctl("net/ipv4/conf/eth0/arp_filter")).isEqualTo("1");
        assertThat(sysctl("net/core/somaxconn")).isEqualTo("2048");
        rig.check(pod);
    }

    @Test
    void delMakesALinkThatStaysWhatItWasUnderWhateverName() {
        String connections = sysctl("net/core/somaxconn");
        CniResult untuned = rig.add(pod, tuned("{\"type\": \"tuning\"}")).getFirst().result();
        rig.del(pod);
        rig.add(pod, tuned("{\"type\": \"tuning\", \"mtu\": 1450}", ALL));
        shown("ip link set eth0 group default");
        shown("ip link set eth0 down");
        shown("ip link set eth0 name data0");
        shown("ip link add eth0 mtu 1300 type bridge");

        rig.del(pod);

        assertThat(shown("ip -d link show data0"))
                .contains("mtu %d".formatted(link(untuned).mtu()), "qlen 1000")
                .doesNotContain("PROMISC", "ALLMULTI", MAC);
        assertThat(sysctl("net/ipv4/conf/data0/arp_filter")).isEqualTo("0");
        assertThat(sysctl("net/core/somaxconn")).isEqualTo(connections);
        assertThat(shown("ip link show eth0")).contains("mtu 1300");
    }

    /// The reference never puts a sysctl back.
    @Test
    void whenTheProcessDiesAmidAnAddTheSysctlsAreWhatTheyWere() {
        String connections = sysctl("net/core/somaxconn");
        rig.add(pod, tuned(ALL));
        rig.del(pod);
        rig.faults().disarm();
        rig.add(pod, tuned(ALL));
        int calls = rig.faults().calls().size();
        rig.del(pod);
        for (int k = 1; k <= calls; k++) {
            rig.faults().arm(new Fault.FailFrom(k));
            assertThatThrownBy(() -> rig.add(pod, tuned(ALL))).isInstanceOf(RuntimeException.class);
            rig.faults().disarm();
            assertThat(rig.restart()).isEmpty();
            rig.del(pod);
            assertThat(sysctl("net/core/somaxconn")).as("after call " + k).isEqualTo(connections);
        }
    }

    /// Of the reference CHECK compares text, so that "4096 16384 4194304" is never found.
    @Test
    void checkReadsNumbersWhateverIsBetweenThem() {
        rig.add(
                pod,
                tuned(
                        "{\"type\": \"tuning\", \"sysctl\": {\"net.ipv4.tcp_rmem\": \"4096 16384 4194304\", \"net.ipv4.route.flush\": \"1\"}}"));
        assertThat(sysctl("net/ipv4/tcp_rmem")).isEqualTo("4096	16384	4194304");
        rig.check(pod);
    }

    /// The reference counts every asker, a capture in the pod or a bridge, and CHECK fails of it.
    @Test
    void whoeverElseListensToAllChangesNothing() {
        rig.add(pod, tuned("{\"type\": \"tuning\", \"promisc\": true}"));
        rig.check(pod);
        rig.del(pod);
        rig.add(pod, tuned("{\"type\": \"tuning\", \"mtu\": 1400}"));
        shown("ip link set eth0 promisc on");
        rig.check(pod);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ip link set eth0 address 02:00:00:00:00:99; MAC address",
                "ip link set eth0 mtu 1300; MTU 1400",
                "ip link set eth0 promisc off; promiscuous",
                "ip link set eth0 allmulticast off; all-multicast",
                "ip link set eth0 txqueuelen 78; queue length 77",
                "sysctl -qw net.ipv4.conf.eth0.arp_filter=0; net.ipv4.conf.IFNAME.arp_filter",
                "sysctl -qw net.core.somaxconn=9; net.core.somaxconn"
            })
    void checkFindsWhatIsOtherThanItWasSet(String change, String named) {
        rig.add(pod, tuned(ALL));
        rig.check(pod);
        shown(change);

        assertThatThrownBy(() -> rig.check(pod))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(100))
                .hasMessageContaining(named);
    }

    @Test
    void theNeighboursLearnTheNewMacAddress() {
        StaleNeighbour neighbour = StaleNeighbour.on(router.witness(), "a1", "10.7.0.2", "fd07::2");

        rig.add(pod, tuned("{\"type\": \"tuning\", \"mac\": \"%s\"}".formatted(MAC)));

        neighbour.awaitTold(MAC);
    }

    @Test
    void theMacAddressThatIsAskedForGoesBeforeTheNetworks() {
        String asked = "02:00:00:00:77:77";
        String tuning =
                "{\"type\": \"tuning\", \"capabilities\": {\"mac\": true}, \"mac\": \"%s\"}"
                        .formatted(MAC);
        CniResult result =
                rig.add(
                                pod,
                                List.of("{\"name\": \"x\", \"mac\": \"%s\"}".formatted(asked)),
                                List.of(tuned(tuning)))
                        .getFirst()
                        .result();
        assertThat(link(result).mac()).contains(MacAddress.parse(asked));
        assertThat(shown("ip link show eth0")).contains(asked);
        rig.check(pod);
    }

    @Test
    void anMtuThatWouldTakeAnIpv6AddressAwayIsRefused() {
        assertThatThrownBy(() -> rig.add(pod, tuned("{\"type\": \"tuning\", \"mtu\": 1279}")))
                .hasMessageContainingAll("\"mtu\" is 1279", "eth0", "1280");
        assertThat(shown("ip -br link").lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"mtu\": 9000",
                "\"mac\": \"01:00:5e:00:00:01\"",
                "\"sysctl\": {\"net.ipv4.no_such_thing\": \"1\"}",
                "\"sysctl\": {\"net.ipv4.conf.IFNAME.rp_filter\": \"much\"}"
            })
    void whatTheKernelDoesNotTakeIsRefusedAndNothingIsLeft(String key) {
        assertThatThrownBy(() -> rig.add(pod, tuned("{\"type\": \"tuning\", %s}".formatted(key))))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(7));
        assertThat(shown("ip -br link").lines()).hasSize(1);
    }

    @Test
    void whatHasNoLinkIsRefused() {
        assertThatThrownBy(() ->
                        rig.add(
                                pod,
                                "{\"cniVersion\": \"1.1.0\", \"name\": \"lone\", \"type\": \"tuning\"}"))
                .hasMessageContainingAll("eth0", "before this one in the chain");
    }
}
