package io.patchbay.vpc.plumbing;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A node with two interfaces in both families, each on a wire of its own to the same outside. The
/// outside takes from a wire what has a source of that interface's subnet alone, and sends there
/// what is for it, as a VPC does; it has addresses that are in no subnet.
///
/// The n-th interface has 10.0.n.4 and 2001:db8:0:an::4; its pods' blocks are 10.0.n.16/28 and
/// 2001:db8:0:an:1::/80.
final class PlainNode implements AutoCloseable {
    static final InetAddress INTERNET = Cidr.address("198.51.100.1");
    static final InetAddress INTERNET_IPV6 = Cidr.address("2001:db8:ffff::1");

    private static final int FIRST_INDEX = 1000;

    private static final String WIRE =
            """
            ip link add eth%1$d address 02:00:00:00:0%1$d:00 type veth peer name wire%1$d netns %2$s
            ip link set eth%1$d up
            ip address add 10.0.%1$d.4/24 dev eth%1$d
            """;

    private static final String OWN_IPV6 =
            """
            ip -6 address add 2001:db8:0:a0::4/128 dev eth0 nodad
            ip -6 address add 2001:db8:0:a1::4/128 dev eth1 nodad
            """;

    private static final String DEFAULTS =
            """
            ip route add default via 10.0.0.1 proto static
            ip -6 route add default via fe80:ec2::1 dev eth0 proto static
            """;

    private static final String OUTSIDE =
            """
            ip link set wire%1$d up
            ip address add 10.0.%1$d.1/24 dev wire%1$d
            ip -6 address add fe80:ec2::1/64 dev wire%1$d nodad
            ip route add 10.0.%1$d.16/28 via 10.0.%1$d.4
            ip -6 route add 2001:db8:0:a%1$d::/64 dev wire%1$d
            ip -6 route add 2001:db8:0:a%1$d:1::/80 via fe80::ff:fe00:%1$d00 dev wire%1$d
            nft "add rule inet vpc in iifname wire%1$d ip saddr != 10.0.%1$d.0/24 counter name strangers drop"
            nft "add rule inet vpc in iifname wire%1$d ip6 saddr != { fe80::/10, 2001:db8:0:a%1$d::/64 } counter name strangers drop"
            """;

    private static final String INTERNET_OUTSIDE =
            """
            ip address add 198.51.100.1/32 dev lo
            ip -6 address add 2001:db8:ffff::1/128 dev lo
            nft "add table inet vpc; add counter inet vpc strangers; add chain inet vpc in { type filter hook prerouting priority raw; }"
            """;

    private final PrivateNetns place = PrivateNetns.create();
    private final PrivateNetns beyond = PrivateNetns.create();
    private final OpenNetns netns = Kernel.ofThisMachine().open(place.path());
    private final OpenNetns outside = Kernel.ofThisMachine().open(beyond.path());
    private final NodeNetwork network;
    private final List<Eni> enis;
    private int links = FIRST_INDEX;

    /// @param blocks that the interfaces have for pods, of those that they may have
    PlainNode(EgressPolicy policy, String... blocks) {
        this(policy, OWN_IPV6, List.of(blocks));
    }

    private PlainNode(EgressPolicy policy, String own, List<String> blocks) {
        enis =
                IntStream.range(0, 2)
                        .mapToObj(device -> eni(device, !own.isEmpty(), blocks))
                        .toList();
        network = new NodeNetwork(netns, 0, policy);
        String wires = WIRE.formatted(0, beyond.path()) + WIRE.formatted(1, beyond.path());
        place.witness().run("sh", "-ec", wires + own + DEFAULTS);
        beyond.witness()
                .run("sh", "-ec", INTERNET_OUTSIDE + OUTSIDE.formatted(0) + OUTSIDE.formatted(1));
        network.setUp(enis);
    }

    /// With blocks of both families.
    static PlainNode dual(EgressPolicy policy) {
        return new PlainNode(
                policy,
                "10.0.0.16/28",
                "10.0.1.16/28",
                "2001:db8:0:a0:1::/80",
                "2001:db8:0:a1:1::/80");
    }

    /// With blocks of IPv6 alone, and no address of it on the interfaces themselves.
    static PlainNode bare() {
        return new PlainNode(
                EgressPolicy.AMAZON, "", List.of("2001:db8:0:a0:1::/80", "2001:db8:0:a1:1::/80"));
    }

    private static Eni eni(int device, boolean own, List<String> blocks) {
        Cidr subnet = Cidr.parse("10.0.%d.0/24".formatted(device));
        Cidr subnet6 = Cidr.parse("2001:db8:0:a%d::/64".formatted(device));
        return new Eni(
                "eni-" + device,
                new MacAddress(0x0200_0000_0000L + 256L * device),
                device,
                0,
                subnet.at(4),
                "subnet-" + device,
                subnet,
                Optional.of(subnet6.at(4)).filter(address -> own),
                Optional.of(subnet6),
                List.of("sg-1"),
                EniConfig.NODE,
                List.of(Cidr.parse("10.0.0.0/16"), Cidr.parse("2001:db8::/56")),
                blocks.stream()
                        .map(Cidr::parse)
                        .filter(block ->
                                subnet.contains(block.address())
                                        || subnet6.contains(block.address()))
                        .toList());
    }

    List<Eni> enis() {
        return enis;
    }

    NodeNetwork network() {
        return network;
    }

    OpenNetns netns() {
        return netns;
    }

    OpenNetns outside() {
        return outside;
    }

    Witness witness() {
        return place.witness();
    }

    Witness witnessOutside() {
        return beyond.witness();
    }

    Snapshot snapshot() {
        return NetworkState.take("node", witness());
    }

    /// How many packets came by a wire with a source that is not of its interface.
    int strangers() {
        return witnessOutside()
                .json("nft", "-j", "list", "counter", "inet", "vpc", "strangers")
                .path("nftables")
                .path(1)
                .path("counter")
                .path("packets")
                .asInt(-1);
    }

    /// The ways to addresses by the node's next link. An address of no interface is the node's own.
    PodPaths paths(int podLink, boolean first, String... addresses) {
        int hostLink = links++;
        return new PodPaths(
                Stream.of(addresses)
                        .map(Cidr::address)
                        .map(address ->
                                new PodRouting(address, table(address), hostLink, podLink, first))
                        .toList());
    }

    private int table(InetAddress address) {
        return enis.stream()
                .filter(eni -> eni.has(address))
                .mapToInt(Eni::table)
                .findFirst()
                .orElse(enis.getFirst().table());
    }

    /// Attaches a pod with addresses on `eth0`.
    PlumbedPod pod(String... addresses) {
        PlumbedPod pod = new PlumbedPod();
        pod.attach(netns, network, "eth0", paths(2, true, addresses));
        return pod;
    }

    @Override
    public void close() {
        netns.close();
        outside.close();
        place.close();
        beyond.close();
    }
}
