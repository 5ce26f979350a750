package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.Layout;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.vpc.branch.PodEni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What comes before a pod's branch interface: the resource, the annotation, the trunk.
@Tag("kernel")
@Timeout(600)
class BranchPodsKernelTest extends OnGrowingVpc {
    static final Map<String, Object> SECTION =
            Map.of("securityGroupsForPods", Map.of("enabled", true));
    static final String RESOURCE = "vpc.amazonaws.com/pod-eni";

    private static final String ANNOTATION =
            "[{\"eniId\":\"eni-9\",\"ifAddress\":\"02:00:00:00:00:09\",\"privateIp\":\"10.0.0.9\",\"vlanId\":7,\"subnetCidr\":\"10.0.0.0/24\"}]";

    private VpcNode node;

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").instanceType("m5.large");
    }

    @BeforeEach
    void prepare() {
        node = cloud.bootWith("a", SECTION, _ -> {});
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aPodWithoutTheResourceHasAnAddressOfTheNodes() {
        try (RigPod pod = new RigPod("pod")) {
            node.rig().cluster().annotate(pod.ref(), PodEni.KEY, ANNOTATION);
            assertThat(node.add(pod)).isNotNull();
            node.rig().del(pod);
        }
    }

    @Test
    void aPodWaitsForItsAnnotationAndThenForItsTrunk() {
        try (RigPod pod = new RigPod("pod")) {
            node.rig().cluster().limit(pod.ref(), RESOURCE, 1);
            Snapshot before = node.rig().snapshot();
            CompletableFuture<?> add = CompletableFuture.supplyAsync(() -> node.add(pod));
            node.rig().cluster().annotate(pod.ref(), PodEni.KEY, "[]");
            node.rig().cluster().annotate(pod.ref(), PodEni.KEY, ANNOTATION);
            assertThatThrownBy(add::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            CniException.class, e -> assertThat(e.code().value()).isEqualTo(11))
                    .hasMessageContaining("no trunk interface");
            assertThat(node.rig().snapshot().since(before))
                    .noneMatch(line -> line.contains("vlan"));
            node.rig().del(pod);
        }
    }

    @Test
    void anAnnotationThatCannotBeIsRefusedByItsKey() {
        try (RigPod pod = new RigPod("pod")) {
            node.rig().cluster().limit(pod.ref(), RESOURCE, 1);
            node.rig()
                    .cluster()
                    .annotate(
                            pod.ref(),
                            PodEni.KEY,
                            ANNOTATION.replace("\"vlanId\":7", "\"vlanId\":5000"));
            assertThatThrownBy(() -> node.add(pod))
                    .isInstanceOfSatisfying(
                            CniException.class, e -> assertThat(e.code().value()).isEqualTo(7))
                    .hasMessageContaining("vlanId")
                    .hasMessageContaining("5000");
            node.rig().del(pod);
        }
    }

    @Test
    void aNetworkThatNamesItsSubnetIsNoBranch() {
        String named =
                "{\"cniVersion\": \"1.1.0\", \"name\": \"pods\", \"type\": \"vpc\", \"subnet\": \"%s\"}"
                        .formatted(cloud.vpc().subnets().getFirst().id());
        try (RigPod pod = new RigPod("pod")) {
            node.rig().cluster().limit(pod.ref(), RESOURCE, 1);
            assertThat(node.rig().add(pod, named)).hasSize(1);
            node.rig().del(pod);
        }
    }
}
