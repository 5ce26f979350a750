package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pods of IPv6, and of both families.
@Tag("kernel")
@Timeout(600)
class VpcFamiliesKernelTest extends OnGrowingVpc {
    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16", "2001:db8::/56")
                .subnet("10.0.0.0/24")
                .ipv6("2001:db8:0:1::/64")
                .instanceType("m5.large");
    }

    private static String network(String families) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"pods\", \"type\": \"vpc\", \"families\": [%s]}"
                .formatted(families);
    }

    private static List<InetAddress> addresses(AttachedNetwork network) {
        return network.result().ips().stream().map(ip -> ip.address().address()).toList();
    }

    private void reachesAll(RigPod pod, List<InetAddress> targets) {
        assertThat(targets).allMatch(target -> VpcNode.reaches(pod, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ipv6\"", "\"ipv4\", \"ipv6\"", "\"ipv6\", \"ipv4\""})
    void podsOfTwoNodesReachEachOtherInEachFamilyInTheOrderThatWasAsked(String families) {
        String network = network(families);
        try (VpcNode a = cloud.boot("a", Map.of(), 0);
                VpcNode b = cloud.boot("b", Map.of(), 0);
                RigPod one = new RigPod("one");
                RigPod two = new RigPod("two");
                RigPod neighbour = new RigPod("neighbour")) {
            List<InetAddress> ofOne = addresses(a.rig().add(one, network).getFirst());
            List<InetAddress> ofTwo = addresses(b.rig().add(two, network).getFirst());
            List<InetAddress> beside = addresses(a.rig().add(neighbour, network).getFirst());

            assertThat(ofOne)
                    .extracting(address -> Cidr.host(address).isIpv6() ? "\"ipv6\"" : "\"ipv4\"")
                    .containsExactly(families.split(", "));
            reachesAll(one, ofTwo);
            reachesAll(two, ofOne);
            reachesAll(one, beside);
            reachesAll(one, List.of(cloud.vpc().internet6()));
            if (families.contains("ipv4")) {
                reachesAll(one, List.of(cloud.vpc().internet()));
            }
            // The node itself, as a kubelet's probes.
            assertThat(ofOne)
                    .allMatch(address ->
                            a.rig()
                                            .witness()
                                            .attempt(
                                                    "ping",
                                                    "-n",
                                                    "-q",
                                                    "-c",
                                                    "1",
                                                    "-w",
                                                    "10",
                                                    Cidr.text(address))
                                            .status()
                                    == 0);
            assertThat(cloud.vpc().dropped()).isEqualTo(Dropped.NONE);
            a.rig().check(one);
            assertThat(a.rig().restart()).isEmpty();
            a.rig().check(one);
            reachesAll(two, ofOne);
            List.of(one, neighbour).forEach(a.rig()::del);
            b.rig().del(two);
        }
    }

    @Test
    void aNodeOfIpv6HasOnePrefixForAllItsPodsAndLeavesNothingOfThem() {
        Map<String, Object> section = Map.of("families", List.of("ipv6"));
        try (VpcNode node = cloud.bootWith("a", section, _ -> {});
                RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            node.add(one);
            Snapshot before = node.rig().snapshot();
            InetAddress second = node.add(two);
            assertThat(cloud.vpc().node("a").enis())
                    .singleElement()
                    .satisfies(eni -> {
                        assertThat(eni.secondaries()).isEmpty();
                        assertThat(eni.prefixes6())
                                .singleElement()
                                .matches(prefix -> prefix.contains(second));
                    });
            assertThat(cloud.vpc().faults().calls().get("AssignIpv6Addresses")).isEqualTo(1);
            node.rig().del(two);
            assertThat(node.rig().snapshot().since(before)).isEmpty();
            node.rig().del(one);
        }
    }

    @Test
    void aPodOfIpv6LeavesTheVpcInIpv4FromTheNodesAddress() {
        Map<String, Object> section = Map.of("families", List.of("ipv6"));
        try (VpcNode node = cloud.bootWith("a", section, _ -> {});
                RigPod pod = new RigPod("pod");
                RigPod beside = new RigPod("beside")) {
            AttachedNetwork attached = node.rig().add(pod, VpcNode.CONFIG).getFirst();
            assertThat(addresses(attached)).singleElement().matches(one -> Cidr.host(one).isIpv6());
            List<String> own = new Witnessed(pod.witness()).addresses("eth0");
            assertThat(own).filteredOn(address -> address.startsWith("169.254.172.")).hasSize(1);
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            assertThat(cloud.vpc().dropped()).isEqualTo(Dropped.NONE);
            node.rig().check(pod);
            assertThat(node.rig().restart()).isEmpty();
            node.rig().check(pod);
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            node.add(beside);
            assertThat(new Witnessed(beside.witness()).addresses("eth0")).noneMatch(own::contains);
            node.rig().delWithoutNamespace(pod);
            node.rig().del(beside);
            assertThat(node.rig().witness().run("ip", "rule", "show"))
                    .doesNotContain("169.254.172");
        }
    }

    @Test
    void aPodOfIpv4LeavesTheVpcInIpv6WhereTheNodeIsToldSo() {
        Map<String, Object> section = Map.of("egress", Map.of("v6", true));
        try (VpcNode node = cloud.bootWith("a", section, _ -> {});
                RigPod pod = new RigPod("pod")) {
            AttachedNetwork attached = node.rig().add(pod, VpcNode.CONFIG).getFirst();
            assertThat(addresses(attached))
                    .singleElement()
                    .matches(one -> !Cidr.host(one).isIpv6());
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet6())).isTrue();
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            node.rig().del(pod);
        }
    }
}
