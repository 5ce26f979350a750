package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A pool that grows by EC2, through the AWS SDK.
@Tag("kernel")
@Timeout(120)
class VpcGrowthKernelTest {
    @TempDir Path state;

    private final SimulatedVpc vpc =
            SimulatedVpc.open(
                    Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").instanceType("m5.large"));

    /// The delegate runs in this process's namespace, where no instance metadata is.
    @BeforeEach
    void signIn() {
        System.setProperty("aws.accessKeyId", vpc.ec2().credential().accessKeyId());
        System.setProperty("aws.secretAccessKey", vpc.ec2().credential().secretAccessKey());
    }

    @AfterEach
    void close() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        vpc.close();
    }

    private VpcNode boot(String name, Map<String, Object> pool) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("cooldownSeconds", 0).put("ec2", vpc.ec2().endpoint().toString());
        settings.set("pool", new ObjectMapper().valueToTree(pool));
        NodeRig rig = VpcNode.unstarted(state.resolve(name), settings);
        SimulatedNode node = vpc.node(name, rig.host(), 0);
        rig.start();
        return new VpcNode(rig, node);
    }

    @Test
    void podsGetAddressesThatWereAssignedForThem() {
        try (VpcNode node = boot("a", Map.of())) {
            List<RigPod> pods = new ArrayList<>();
            List<InetAddress> addresses = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                RigPod pod = new RigPod("p" + i);
                pods.add(pod);
                addresses.add(node.add(pod));
            }
            assertThat(new HashSet<>(addresses)).hasSize(14);
            SimulatedNode now = vpc.node("a");
            assertThat(now.enis()).hasSizeGreaterThan(1);
            assertThat(addresses)
                    .allMatch(address ->
                            now.enis().stream().anyMatch(eni -> eni.addresses().contains(address)));
            assertThat(VpcNode.reaches(pods.getFirst(), addresses.getLast())).isTrue();
            assertThat(VpcNode.reaches(pods.getLast(), vpc.internet())).isTrue();
            assertThat(vpc.dropped()).isEqualTo(new Dropped(0, 0, 0));
            pods.forEach(pod -> {
                node.rig().del(pod);
                pod.close();
            });
        }
    }

    @Test
    void prefixesServeSixteenPodsByOneCall() {
        try (VpcNode node = boot("a", Map.of("prefixes", true));
                RigPod pod = new RigPod("p")) {
            InetAddress address = node.add(pod);
            assertThat(vpc.ledger().now().owner(address).orElseThrow().blocks())
                    .anyMatch(block -> block.prefix() == 28 && block.contains(address));
            assertThat(VpcNode.reaches(pod, vpc.internet())).isTrue();
            node.rig().del(pod);
        }
    }
}
