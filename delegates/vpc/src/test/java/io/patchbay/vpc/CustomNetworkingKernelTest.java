package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Pods in the subnets and security groups of ENIConfigs.
@Tag("kernel")
@Timeout(600)
class CustomNetworkingKernelTest extends OnGrowingVpc {
    private static final Map<String, Object> SECTION =
            Map.of("customNetworking", Map.of("enabled", true));
    private static final String KEY = "k8s.amazonaws.com/eniConfig";

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16", "100.64.0.0/16")
                .subnet("10.0.0.0/24")
                .subnet("100.64.0.0/24")
                .subnet("100.64.1.0/24")
                .instanceType("m5.large");
    }

    @BeforeEach
    void prepare() {
        cloud.vpc()
                .group(
                        new SecurityGroup(
                                "sg-0d", "pods", List.of(Permission.ALL), List.of(Permission.ALL)));
    }

    private String subnet(int number) {
        return cloud.vpc().subnets().get(number).id();
    }

    private String config(int subnet) {
        return "{\"subnet\": \"%s\", \"securityGroups\": [\"sg-0d\"]}".formatted(subnet(subnet));
    }

    private NetworkInterface owner(InetAddress address) {
        return cloud.vpc().ledger().now().owner(address).orElseThrow();
    }

    @Test
    void podsAreInTheSubnetAndGroupsOfTheConfigThatTheNodeNames() {
        Consumer<NodeRig> named =
                GrowingVpc.eniConfig("default", config(1))
                        .andThen(GrowingVpc.eniConfig("zone-b", config(2)))
                        .andThen(rig -> rig.cluster().nodeLabels(Map.of(KEY, "zone-b")));
        try (VpcNode a = cloud.bootWith("a", SECTION, GrowingVpc.eniConfig("default", config(1)));
                VpcNode b = cloud.bootWith("b", SECTION, named);
                RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            InetAddress ofOne = a.add(one);
            InetAddress ofTwo = b.add(two);
            assertThat(Cidr.parse("100.64.0.0/24").contains(ofOne)).isTrue();
            assertThat(Cidr.parse("100.64.1.0/24").contains(ofTwo)).isTrue();
            assertThat(owner(ofOne).groups()).containsExactly("sg-0d");
            assertThat(owner(ofOne).id()).isNotEqualTo(a.node().primary().id());
            assertThat(VpcNode.reaches(one, ofTwo)).isTrue();
            assertThat(VpcNode.reaches(two, ofOne)).isTrue();
            assertThat(VpcNode.reaches(one, cloud.vpc().internet())).isTrue();
            assertThat(VpcNode.reaches(one, b.node().primary().primary())).isTrue();
            assertThat(cloud.vpc().dropped()).isEqualTo(Dropped.NONE);
            a.rig().status(VpcNode.CONFIG);
            a.rig().del(one);
            b.rig().del(two);
        }
    }

    @Test
    void aConfigThatIsMissingIsNamedAndPodsFollowOnceItIsThere() {
        try (VpcNode node = cloud.bootWith("a", SECTION, _ -> {});
                RigPod pod = new RigPod("pod")) {
            assertThatThrownBy(() -> node.add(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("ENIConfig \"default\"")
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> node.rig().status(VpcNode.CONFIG))
                    .isInstanceOfSatisfying(
                            CniException.class, e -> assertThat(e.code().value()).isEqualTo(50));
            GrowingVpc.eniConfig("default", config(1)).accept(node.rig());
            assertThat(Cidr.parse("100.64.0.0/24").contains(node.add(pod))).isTrue();
            node.rig().del(pod);
        }
    }

    @Test
    void aConfigThatIsDeletedLeavesLivingPodsAloneAndRefusesNewOnes() {
        try (VpcNode node =
                        cloud.bootWith("a", SECTION, GrowingVpc.eniConfig("default", config(1)));
                RigPod living = new RigPod("living");
                RigPod late = new RigPod("late")) {
            InetAddress address = node.add(living);
            node.rig().cluster().removeObject(EniConfigSpec.KIND, "default");
            assertThatThrownBy(() -> node.add(late)).hasMessageContaining("ENIConfig \"default\"");
            node.rig().check(living);
            assertThat(VpcNode.reaches(living, cloud.vpc().internet())).isTrue();
            GrowingVpc.eniConfig("default", config(2)).accept(node.rig());
            assertThat(Cidr.parse("100.64.1.0/24").contains(node.add(late))).isTrue();
            assertThat(VpcNode.reaches(late, address)).isTrue();
            node.rig().del(living);
            node.rig().del(late);
        }
    }

    @Test
    void aConfigWithoutASubnetIsRefusedByItsKey() {
        try (VpcNode node =
                        cloud.bootWith(
                                "a",
                                SECTION,
                                GrowingVpc.eniConfig(
                                        "default", "{\"securityGroups\": [\"sg-0d\"]}"));
                RigPod pod = new RigPod("pod")) {
            assertThatThrownBy(() -> node.add(pod))
                    .isInstanceOfSatisfying(
                            CniException.class, e -> assertThat(e.code().value()).isEqualTo(7))
                    .hasMessageContaining("subnet")
                    .hasMessageContaining("default");
        }
    }
}
