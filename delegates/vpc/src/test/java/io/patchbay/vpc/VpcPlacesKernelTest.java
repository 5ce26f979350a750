package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Attachments that say of which subnet and security groups their addresses are.
@Tag("kernel")
@Timeout(600)
class VpcPlacesKernelTest extends OnGrowingVpc {
    private static final String DATA = "10.0.1.0/24";
    private static final Permission ALL =
            new Permission("-1", 0, 65535, List.of(Cidr.any(false)), List.of());

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").subnet(DATA).instanceType("m5.large");
    }

    private String subnet() {
        return cloud.vpc().subnets().getLast().id();
    }

    private String network(String... pairs) {
        StringBuilder text =
                new StringBuilder(
                        "{\"cniVersion\": \"1.1.0\", \"name\": \"data\", \"type\": \"vpc\", \"subnet\": \"%s\""
                                .formatted(subnet()));
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(", \"%s\": %s".formatted(pairs[i], pairs[i + 1]));
        }
        return text.append("}").toString();
    }

    private static List<InetAddress> addresses(AttachedNetwork network) {
        return network.result().ips().stream().map(ip -> ip.address().address()).toList();
    }

    private NetworkInterface owner(InetAddress address) {
        return cloud.vpc().ledger().now().owner(address).orElseThrow();
    }

    @Test
    void aFurtherInterfaceIsOfTheSubnetThatItsNetworkNames() {
        try (VpcNode a = cloud.boot("a", Map.of(), 0);
                VpcNode b = cloud.boot("b", Map.of(), 0);
                RigPod near = new RigPod("near");
                RigPod far = new RigPod("far")) {
            InetAddress source =
                    addresses(a.rig().add(near, VpcNode.CONFIG, network()).getLast()).getFirst();
            List<AttachedNetwork> there = b.rig().add(far, VpcNode.CONFIG, network());
            InetAddress data = addresses(there.getLast()).getFirst();
            InetAddress eth0 = addresses(there.getFirst()).getFirst();

            assertThat(Cidr.parse(DATA).contains(data)).isTrue();
            assertThat(owner(data).subnet()).isEqualTo(subnet());
            assertThat(owner(eth0).subnet()).isNotEqualTo(subnet());
            assertThat(VpcNode.reaches(near, eth0)).isTrue();
            assertThat(VpcNode.reaches(near, data, "-I", Cidr.text(source))).isTrue();
            // From eth0: the answers leave by the interface that the requests came in on.
            assertThat(VpcNode.reaches(near, data)).isTrue();
            assertThat(cloud.vpc().dropped()).isEqualTo(new Dropped(0, 0, 0));
            a.rig().del(near);
            b.rig().del(far);
        }
    }

    @Test
    void severalAddressesOfOneInterfaceAreAllThePods() {
        try (VpcNode a = cloud.boot("a", Map.of(), 0);
                VpcNode b = cloud.boot("b", Map.of(), 0);
                RigPod near = new RigPod("near");
                RigPod far = new RigPod("far")) {
            Snapshot before = b.rig().snapshot();
            a.rig().add(near, VpcNode.CONFIG);
            AttachedNetwork data =
                    b.rig().add(far, VpcNode.CONFIG, network("count", "3")).getLast();
            assertThat(addresses(data)).hasSize(3).allMatch(Cidr.parse(DATA)::contains);
            assertThat(addresses(data)).allMatch(address -> VpcNode.reaches(near, address));
            b.rig().check(far);
            assertThat(b.rig().restart()).isEmpty();
            b.rig().check(far);
            assertThat(addresses(data)).allMatch(address -> VpcNode.reaches(near, address));
            b.rig().del(far);
            assertThat(b.rig().snapshot().since(before))
                    .filteredOn(line -> line.matches("node (links|routes|rules|addresses) .*"))
                    .noneMatch(line ->
                            addresses(data).stream()
                                    .anyMatch(address -> line.contains(Cidr.text(address) + "\"")));
            a.rig().del(near);
        }
    }

    @Test
    void theSecurityGroupsOfTheNetworkDecideAndNotTheNodes() {
        cloud.vpc()
                .ledger()
                .change(vpc ->
                        vpc.with(
                                new SecurityGroup(
                                        "sg-0d",
                                        "data",
                                        List.of(
                                                new Permission(
                                                        "-1",
                                                        0,
                                                        65535,
                                                        List.of(),
                                                        List.of("sg-0d"))),
                                        List.of(ALL))));
        String guarded = network("securityGroups", "[\"sg-0d\"]");
        try (VpcNode a = cloud.boot("a", Map.of(), 0);
                VpcNode b = cloud.boot("b", Map.of(), 0);
                RigPod member = new RigPod("member");
                RigPod stranger = new RigPod("stranger");
                RigPod far = new RigPod("far")) {
            String source =
                    Cidr.text(
                            addresses(a.rig().add(member, VpcNode.CONFIG, guarded).getLast())
                                    .getFirst());
            a.rig().add(stranger, VpcNode.CONFIG);
            InetAddress data =
                    addresses(b.rig().add(far, VpcNode.CONFIG, guarded).getLast()).getFirst();
            assertThat(owner(data).groups()).containsExactly("sg-0d");
            assertThat(VpcNode.reaches(member, data, "-I", source)).isTrue();
            assertThat(VpcNode.reaches(stranger, data, "-w", "2")).isFalse();
            assertThat(cloud.vpc().dropped().groups()).isPositive();
            List.of(member, stranger).forEach(a.rig()::del);
            b.rig().del(far);
        }
    }

    @Test
    void anInterfaceMadeForANetworkGivesNothingToOtherPodsAndOutlivesARestart() {
        try (VpcNode node = cloud.boot("a", Map.of(), 0);
                RigPod first = new RigPod("first");
                RigPod second = new RigPod("second")) {
            InetAddress data =
                    addresses(node.rig().add(first, VpcNode.CONFIG, network()).getLast())
                            .getFirst();
            assertThat(node.rig().restart()).isEmpty();
            assertThat(owner(node.add(second)).subnet()).isNotEqualTo(subnet());
            try (RigPod third = new RigPod("third")) {
                InetAddress more =
                        addresses(node.rig().add(third, VpcNode.CONFIG, network()).getLast())
                                .getFirst();
                assertThat(owner(more).id()).isEqualTo(owner(data).id());
                assertThat(cloud.vpc().node("a").enis())
                        .extracting(SimulatedEni::device)
                        .hasSizeLessThanOrEqualTo(3);
                node.rig().del(third);
            }
            node.rig().del(first);
            node.rig().del(second);
        }
    }

    @Test
    void aSubnetThatIsNotTheNodesIsRefusedBeforeAnythingIsDone() {
        String elsewhere =
                "{\"cniVersion\": \"1.1.0\", \"name\": \"data\", \"type\": \"vpc\", \"subnet\": \"subnet-0ffff\"}";
        try (VpcNode node = cloud.boot("a", Map.of(), 0);
                RigPod first = new RigPod("first");
                RigPod pod = new RigPod("pod")) {
            node.add(first);
            Snapshot before = node.rig().snapshot();
            assertThatThrownBy(() -> node.rig().add(pod, VpcNode.CONFIG, elsewhere))
                    .isInstanceOfSatisfying(
                            CniException.class,
                            e -> {
                                assertThat(e.code().value()).isEqualTo(7);
                                assertThat(e).hasMessageContaining("subnet-0ffff");
                            });
            assertThat(node.rig().snapshot().since(before)).isEmpty();
            node.rig().del(first);
        }
    }

    @Test
    void aSecurityGroupThatDoesNotExistIsToldByEc2sWordsAndHarmsNoOtherPod() {
        try (VpcNode node = cloud.boot("a", Map.of(), 0);
                RigPod good = new RigPod("good");
                RigPod bad = new RigPod("bad")) {
            assertThatThrownBy(() ->
                            node.rig()
                                    .add(
                                            bad,
                                            VpcNode.CONFIG,
                                            network("securityGroups", "[\"sg-0none\"]")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("sg-0none");
            node.rig().del(bad);
            assertThat(owner(node.add(good)).subnet()).isNotEqualTo(subnet());
            node.rig().status(VpcNode.CONFIG);
            node.rig().del(good);
        }
    }
}
