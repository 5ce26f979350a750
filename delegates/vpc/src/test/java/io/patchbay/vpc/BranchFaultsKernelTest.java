package io.patchbay.vpc;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedBranch;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.ScriptedPod;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.branch.PodEni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The kit's rule 801 for pods with a branch, by strict enforcement: wherever an ADD goes wrong, a
/// DEL leaves the node and the pod as they were. A death at any effect, and the other enforcement,
/// are in BranchLifeKernelTest.
@Tag("stock-kernel")
@Timeout(900)
class BranchFaultsKernelTest extends OnGrowingVpc {
    /// Fewer than the instance may have.
    private static final int BRANCHES = 4;

    private final Deque<SimulatedBranch> branches = new ArrayDeque<>();
    private int made;

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").instanceType("m5.large");
    }

    @Test
    void crash801_leavesNothingWhicheverCallOfAnAddFails() {
        sweep(FaultSweep::everyCallFailsOnce);
    }

    private void sweep(Consumer<FaultSweep> rule) {
        Map<String, Object> section =
                Map.of(
                        "securityGroupsForPods",
                        Map.of("enabled", true, "enforcement", "strict"),
                        "pool",
                        Map.of("warmAddresses", 0));
        try (VpcNode node =
                cloud.bootWith(
                        "a",
                        section,
                        rig -> {
                            String trunk = cloud.vpc().attach("a", creation().as(Kind.TRUNK)).id();
                            rig.cluster().everyPod(pod -> withBranch(pod, trunk));
                        })) {
            rule.accept(new FaultSweep(node.rig(), VpcNode.CONFIG));
        }
    }

    private Creation creation() {
        return Creation.in(cloud.vpc().subnets().getFirst().id(), Order.addresses(0));
    }

    /// A pod whose branch takes the place of one that is long gone.
    private ScriptedPod withBranch(PodRef pod, String trunk) {
        if (branches.size() == BRANCHES) {
            cloud.vpc().delete(branches.removeFirst().id());
        }
        SimulatedBranch branch = cloud.vpc().branch(trunk, 1 + made % (2 * BRANCHES), creation());
        made++;
        branches.add(branch);
        return new ScriptedPod(
                pod,
                Map.of(),
                Map.of(PodEni.KEY, PodEniText.of(branch)),
                Map.of(BranchPodsKernelTest.RESOURCE, 1L));
    }
}
