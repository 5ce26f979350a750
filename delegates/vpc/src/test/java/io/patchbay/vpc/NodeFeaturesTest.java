package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.ScriptedCluster;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.vpc.CniNodeSpec.Feature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeFeaturesTest {
    private static final EniConfigName ENI_CONFIG =
            new EniConfigName("k8s.amazonaws.com/eniConfig", "k8s.amazonaws.com/eniConfig");

    private final ScriptedCluster script = new ScriptedCluster();
    private final Cluster cluster = script.of((name, loop) -> {});
    private final NodeFeatures features = new NodeFeatures(cluster, Optional.empty());

    @BeforeEach
    void join() {
        script.nodeName("worker");
    }

    private List<String> asked() {
        return cluster
                .objects(CniNodeSpec.KIND, CniNodeSpec.class)
                .find("worker")
                .orElseThrow()
                .features()
                .stream()
                .map(Feature::toString)
                .toList();
    }

    private void cniNode(String spec) {
        script.object(CniNodeSpec.KIND, "worker", spec);
    }

    @Test
    void aNodeAsksForBranchesBesideWhatOthersAskFor() {
        cniNode(
                """
                {"features": [{"name": "Other", "value": "x"}], "tags": {"team": "core"}}
                """);
        assertThat(features.ask()).isEmpty();
        assertThat(asked()).containsExactly("Other=x", "SecurityGroupsForPods");
        script.trouble(CniNodeSpec.KIND, "nobody may write");
        assertThat(features.ask()).as("there is nothing to write").isEmpty();
    }

    @Test
    void whatSomebodyTookAwayIsAskedForAgain() {
        cniNode("{}");
        features.ask();
        cniNode("{\"features\": []}");
        assertThat(features.ask()).isEmpty();
        assertThat(asked()).containsExactly("SecurityGroupsForPods");
    }

    @Test
    void withCustomNetworkingBranchesAreInTheSubnetThatTheNodeNames() {
        NodeFeatures placed = new NodeFeatures(cluster, Optional.of(ENI_CONFIG));
        cniNode("{\"features\": [{\"name\": \"SecurityGroupsForPods\", \"value\": \"\"}]}");
        script.nodeLabels(Map.of("k8s.amazonaws.com/eniConfig", "zone-a"));
        assertThat(placed.ask()).isEmpty();
        assertThat(asked()).containsExactly("SecurityGroupsForPods", "CustomNetworking=zone-a");
        script.nodeLabels(Map.of("k8s.amazonaws.com/eniConfig", "zone-b"));
        assertThat(placed.ask()).isEmpty();
        assertThat(asked()).containsExactly("SecurityGroupsForPods", "CustomNetworking=zone-b");
    }

    @Test
    void whatKeepsItFromAskingIsSaid() {
        assertThat(features.ask())
                .contains(
                        "there is no CNINode worker, which the VPC resource controller makes for each node of EC2");
        script.trouble(CniNodeSpec.KIND, "the kind is not defined");
        assertThat(features.ask()).contains("the kind is not defined");
        cniNode("{\"features\": 7}");
        assertThat(features.ask()).get().asString().contains("CNINode worker").contains("features");
        cniNode("{}");
        assertThat(features.ask())
                .contains(
                        "cninodes.vpcresources.k8s.aws worker is not written: the kind is not defined");
        script.trouble(CniNodeSpec.KIND, "");
        assertThat(features.ask()).isEmpty();
    }

    @Test
    void aNodeThatIsInNoClusterAsksForNothing() {
        NodeFeatures alone =
                new NodeFeatures(new ScriptedCluster().of((name, loop) -> {}), Optional.empty());
        assertThat(alone.ask()).isEmpty();
    }
}
