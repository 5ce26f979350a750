package io.patchbay.vpc.branch;

import static io.patchbay.vpc.branch.Enforcement.STANDARD;
import static io.patchbay.vpc.branch.Enforcement.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.PodVeth;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Branches of IPv6, with a namespace that plays the VPC's router: it has fe80:ec2::1 on every
/// link, and routes.
@Tag("stock-kernel")
class BranchIpv6KernelTest {
    private static final InetAddress INTERNET = Cidr.address("2001:db8:ffff::1");
    private static final InetAddress NODE = Cidr.address("2001:db8:0:1::4");
    private static final int PATIENCE = 20_000;

    private static final String ROUTER =
            """
            sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.addr_gen_mode=1
            ip link add r0 type veth peer name eth0 netns %1$d
            ip link add r1 type veth peer name eth1 address 02:00:00:00:00:03 netns %1$d
            ip link add link r1 name branch type vlan id 7
            for link in r0 r1 branch; do ip link set $link up; ip address add fe80:ec2::1/64 dev $link nodad; done
            ip address add 2001:db8:ffff::1/128 dev lo
            ip route add 2001:db8:0:1::4/128 dev r0
            ip route add 2001:db8:0:1::9/128 dev branch
            ip neigh add 2001:db8:0:1::9 lladdr 02:00:00:00:00:42 dev branch nud permanent
            """;

    private static final String BOOT =
            """
            sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.conf.eth0.accept_ra=0
            ip link set eth0 up
            ip link set eth1 up
            ip address add 2001:db8:0:1::4/128 dev eth0 nodad
            ip route add default via fe80:ec2::1 dev eth0
            """;

    private static final String ANNOTATION =
            """
            [{"eniId":"eni-7","ifAddress":"02:00:00:00:00:42","vlanId":7,
              "ipv6Addr":"2001:db8:0:1::9","subnetV6Cidr":"2001:db8:0:1::/64"}]
            """;

    private final PrivateNetns router = PrivateNetns.create();
    private final PrivateNetns place = PrivateNetns.create();
    private final OpenNetns node = Kernel.ofThisMachine().open(place.path());
    private final Branches branches =
            new Branches(node, new MemoryJournal<>(), new MemoryJournal<>(), false);

    @BeforeEach
    void wire() {
        long pid = Long.parseLong(place.path().split("/", -1)[2]);
        router.witness().run("sh", "-ec", ROUTER.formatted(pid));
        place.witness().run("sh", "-ec", BOOT);
    }

    @AfterEach
    void close() {
        node.close();
        place.close();
        router.close();
    }

    private BranchPod attached(Enforcement enforcement) {
        GivenAttachment attachment =
                new GivenAttachment(new PodRef("shop", "cart", ""), node, 1000);
        PodVeth veth = PodVeth.of(attachment, enforcement.prefix("eni"), 1500);
        PodEni eni = PodEni.read(attachment.pod(), ANNOTATION);
        BranchPod pod =
                BranchPod.of(
                        Branch.of(
                                attachment,
                                eni,
                                Trunk.link(Given.TRUNK_MAC, node.rtnl().links()),
                                veth,
                                enforcement,
                                List.of(Family.IPV6)),
                        veth);
        branches.attach(node, pod.netns(), pod.branch(), veth);
        return pod;
    }

    private void assertLife(Enforcement enforcement) throws IOException {
        Snapshot before = NetworkState.take("node", place.witness());
        try (BranchPod pod = attached(enforcement);
                Talk server = Talk.in(pod.netns())) {
            assertThat(server).isNotNull();
            assertThat(pod.reaches(INTERNET)).isTrue();
            assertThat(pod.reaches(NODE)).isTrue();
            assertThat(TrunkNode.reaches(place.witness(), pod.address())).isTrue();
            Talk.call(node, 0, pod.address(), Talk.PORT, PATIENCE).orElseThrow().close();
            assertThat(Talk.isAnswered(node, pod.address(), 20)).isTrue();
            branches.check(node, pod.netns(), pod.branch().owner(), CniResult.EMPTY);
            assertThat(branches.heal()).isEmpty();
            branches.detach(node, Optional.empty(), pod.branch().owner());
            place.witness().attempt("ip", "link", "delete", "group", "1000");
        }
        assertThat(NetworkState.take("node", place.witness()).since(before)).isEmpty();
    }

    /// By the router, for its link-local address answers on the branch, and the rules lead there.
    @Test
    void aStrictPodOfIpv6IsReachedThroughTheVpcAndLeavesNothing() throws IOException {
        assertLife(STRICT);
        assertThat(router.witness().run("ip", "-s", "-j", "link", "show", "dev", "branch"))
                .doesNotContain("\"packets\":0");
    }

    @Test
    void aStandardPodOfIpv6IsReachedAndLeavesNothing() throws IOException {
        assertLife(STANDARD);
    }
}
