package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.control.Fault;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the VPC CNI v1.23.1 does wrong with EC2 and the kernel, done right; the rest is in
/// `pool.DefectsOfVpcCniTest`. Elsewhere is
///
/// - that an interface is in its store before its routes are there (pkg/ipamd/ipamd.go:1283):
///   HealerKernelTest;
/// - that a pod whose first container does not have the resource gets no branch
///   (pkg/ipamd/rpc_handler.go): CloudBadInputTest of conformance/e2e;
/// - that DEL leaves a branch's link and rules where the runtime names no namespace (#3270), and
///   that a probe and a call of a service meet in connection tracking (#3675):
///   VpcBranchesKernelTest and BranchKernelTest;
/// - that DEL leaves a pod's translation where its namespace is gone (cmd/egress-cni-plugin/snat):
///   VpcFamiliesKernelTest;
/// - that another ENIConfig needs another node: CustomNetworkingKernelTest.
@Tag("kernel")
@Timeout(600)
class DefectsOfVpcCniKernelTest {
    private static final Layout LAYOUT =
            Layout.of("10.0.0.0/16")
                    .subnet("10.0.0.0/24")
                    .subnet("10.0.1.0/25", Layout.ZONE, Map.of("kubernetes.io/role/cni", "1"))
                    .instanceType("m5.large");

    @TempDir Path state;

    /// pkg/ipamd/ipamd.go:682: a refused AssignPrivateIpAddresses at the start ends the agent.
    @Test
    void whatEc2RefusesAtTheStartKeepsNobodyFromAnAddressThatIsThere() {
        try (GrowingVpc cloud = GrowingVpc.open(state, LAYOUT)) {
            cloud.vpc().faults().next("AssignPrivateIpAddresses", 100, Fault.unauthorized());
            try (VpcNode node = cloud.boot("a", Map.of("warmAddresses", 4), 1);
                    RigPod pod = new RigPod("pod")) {
                assertThat(node.add(pod)).isEqualTo(node.secondary(0, 0));
                assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            }
        }
    }

    /// pkg/ipamd/ipamd.go:368: CreateNetworkInterface tells that a subnet is full by
    /// InvalidParameterValue (#3105), which is not understood.
    @Test
    void aSubnetThatIsFullInOtherWordsIsLeftForAnother() {
        try (GrowingVpc cloud = GrowingVpc.open(state, LAYOUT)) {
            cloud.vpc()
                    .faults()
                    .next(
                            "CreateNetworkInterface",
                            1,
                            new Fault.Refuse(
                                    400,
                                    "InvalidParameterValue",
                                    "There aren't sufficient free Ipv4 addresses or prefixes"));
            try (VpcNode node = cloud.boot("a", Map.of("minimumAddresses", 9), 9)) {
                List<InetAddress> addresses = new ArrayList<>();
                List<RigPod> pods = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    pods.add(new RigPod("p" + i));
                    addresses.add(node.add(pods.getLast()));
                }
                SimulatedNode now = cloud.vpc().node("a");
                assertThat(now.enis().getLast().subnet().cidr())
                        .isEqualTo(cloud.vpc().subnets().getLast().cidr());
                assertThat(now.enis().getLast().addresses()).contains(addresses.getLast());
                pods.forEach(RigPod::close);
            }
        }
    }

    /// pkg/ipamd/rpc_handler.go: a pod of several network cards, one of which has no address, keeps
    /// those of the others until its DEL.
    @Test
    void aPodThatCannotHaveAllItsAddressesKeepsNoneOfThem() {
        String greedy = VpcNode.CONFIG.replace("\"vpc\"", "\"vpc\", \"count\": 3");
        try (SimulatedVpc vpc = SimulatedVpc.open(LAYOUT);
                VpcNode node = VpcNode.boot(vpc, state, "a", 2);
                RigPod pod = new RigPod("pod");
                RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            Snapshot before = node.rig().snapshot().plus(pod.snapshot());
            assertThatThrownBy(() -> node.rig().add(pod, greedy))
                    .isInstanceOfSatisfying(
                            CniException.class, e -> assertThat(e.code().value()).isEqualTo(11))
                    .hasMessageContaining("2 of 3 addresses");
            assertThat(node.rig().snapshot().plus(pod.snapshot()).since(before)).isEmpty();
            assertThat(List.of(node.add(one), node.add(two)))
                    .containsExactlyInAnyOrder(node.secondary(0, 0), node.secondary(0, 1));
        }
    }
}
