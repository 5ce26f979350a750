package io.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A link that is down, as ADD makes it, and a neighbour that has the second address of each
/// family.
@KernelTest
class LeasedLinkKernelTest {
    private static final String ANNOUNCING =
            "net.ipv4.conf.net1.arp_notify net.ipv6.conf.net1.disable_ipv6"
                    + " net.ipv6.conf.net1.keep_addr_on_down net.ipv6.conf.net1.ndisc_notify";

    private PrivateNetns pod;
    private PrivateNetns neighbour;
    private OpenNetns netns;

    @BeforeEach
    void open() {
        pod = PrivateNetns.create();
        neighbour = PrivateNetns.create();
        pod.run("ip link add index 30 name net1 type veth peer name far address 02:00:00:00:00:fa");
        pod.run("ip link set far netns " + neighbour.pid());
        neighbour.run("ip link set far up");
        neighbour.run("ip address add 10.9.0.2/24 dev far");
        neighbour.run("ip address add 2001:db8::2/64 dev far nodad");
        netns = pod.open();
    }

    @AfterEach
    void close() {
        netns.close();
        pod.close();
        neighbour.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.2/24", "2001:db8::2/64"})
    void anAddressThatANeighbourAnswersForIsRefusedAndNoneIsGiven(String taken) {
        LeasedLink link = link("10.9.0.77/24", "2001:db8::77/64", taken);

        assertThatThrownBy(() -> link.configureIfFree(netns))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER))
                .hasMessageStartingWith(
                        "address %s, leased to link net1, is taken: 02:00:00:00:00:fa answers for it"
                                .formatted(taken.substring(0, taken.indexOf('/'))));
        assertThat(pod.run("ip address show dev net1"))
                .doesNotContain("10.9.0.")
                .doesNotContain("2001:db8::");
    }

    @Test
    void addressesThatNobodyAnswersForAreGivenWithTheirRoutes() {
        link("10.9.0.77/24", "2001:db8::77/64").configureIfFree(netns);

        assertThat(pod.run("ip address show dev net1 up"))
                .contains("inet 10.9.0.77/24")
                .contains("inet6 2001:db8::77/64");
        assertThat(pod.run("ip route show dev net1")).contains("10.99.0.0/16");
    }

    @Test
    void addressesOutliveALinkThatGoesDown() {
        link("10.9.0.77/24", "2001:db8::77/64").configure(netns);

        pod.run("ip link set net1 down");

        assertThat(pod.run("ip address show dev net1"))
                .contains("inet 10.9.0.77/24")
                .contains("inet6 2001:db8::77/64");
    }

    /// As the parent of an ipvlan link does when a bond fails over.
    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.77/24", "2001:db8::77/64"})
    void neighboursHearOfAnotherMacAddressFromTheKernel(String leased) {
        String address = leased.substring(0, leased.indexOf('/'));
        link(leased).configure(netns);
        neighbour.run(
                "ip neighbour add %s lladdr 02:00:00:00:00:99 dev far nud stale"
                        .formatted(address));

        pod.run("ip link set net1 address 02:00:00:00:00:78");

        Instant limit = Instant.now().plusSeconds(30);
        String known = known(address);
        while (known.contains("02:00:00:00:00:99") && Instant.now().isBefore(limit)) {
            known = known(address);
        }
        assertThat(known).contains("lladdr 02:00:00:00:00:78");
    }

    /// A runtime may have disabled IPv6 on every link that comes into the pod.
    @ParameterizedTest
    @CsvSource({
        "10.9.0.77/24, 1 1 0 0",
        "2001:db8::77/64, 0 0 1 1",
        "10.9.0.77/24 2001:db8::77/64, 1 0 1 1"
    })
    void theKernelIsToldToAnnounceTheFamiliesThatTheLinkHas(String leased, String settings) {
        pod.run("sysctl -qw net.ipv6.conf.net1.disable_ipv6=1");

        link(leased.split(" ")).configure(netns);

        assertThat(pod.run("sysctl -n " + ANNOUNCING).lines()).containsExactly(settings.split(" "));
    }

    private String known(String address) {
        return neighbour.run("ip neighbour show " + address);
    }

    @Test
    void anotherLinkMayBeAskedOn() {
        pod.run("ip link set net1 up");
        LeasedLink elsewhere =
                new LeasedLink(4711, "net2", link("10.9.0.77/24", "10.9.0.2/24").lease());

        assertThatThrownBy(() -> elsewhere.refuseTaken(netns, 30))
                .hasMessageContaining("address 10.9.0.2, leased to link net2, is taken");
    }

    private static LeasedLink link(String... addresses) {
        List<Ip> ips =
                Stream.of(addresses)
                        .map(text ->
                                new Ip(Cidr.parse(text), Optional.empty(), OptionalInt.empty()))
                        .toList();
        CniResult.Route route = CniResult.Route.of(Cidr.parse("10.99.0.0/16"), Optional.empty());
        return new LeasedLink(30, "net1", new Lease(ips, List.of(route), Optional.empty()));
    }
}
