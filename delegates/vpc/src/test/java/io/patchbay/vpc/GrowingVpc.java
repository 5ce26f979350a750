package io.patchbay.vpc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.rig.NodeRig;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// A simulated VPC whose nodes' pools grow by EC2, through the AWS SDK. The delegate's calls of EC2
/// run in this process's namespace, where no instance metadata is: the credentials are the
/// process's.
record GrowingVpc(SimulatedVpc vpc, Path state) implements AutoCloseable {
    static GrowingVpc open(Path state, Layout layout) {
        SimulatedVpc vpc = SimulatedVpc.open(layout);
        System.setProperty("aws.accessKeyId", vpc.ec2().credential().accessKeyId());
        System.setProperty("aws.secretAccessKey", vpc.ec2().credential().secretAccessKey());
        return new GrowingVpc(vpc, state);
    }

    /// @param secondaries of each interface
    VpcNode boot(String name, Map<String, Object> pool, int... secondaries) {
        return boot(name, pool, _ -> {}, secondaries);
    }

    /// @param pool the section of this name
    /// @param before what happens before the delegate starts
    VpcNode boot(
            String name,
            Map<String, Object> pool,
            Consumer<SimulatedNode> before,
            int... secondaries) {
        NodeRig rig = unstarted(name, Map.of("pool", pool));
        SimulatedNode node = vpc.node(name, rig.host(), secondaries);
        before.accept(node);
        rig.start();
        return new VpcNode(rig, node);
    }

    /// A node of one interface without secondary addresses.
    ///
    /// @param section the delegate's of patchbay.yaml, but for the cooldown and EC2's address
    /// @param before what happens before the delegate starts
    VpcNode bootWith(String name, Map<String, Object> section, Consumer<NodeRig> before) {
        NodeRig rig = unstarted(name, section);
        SimulatedNode node = vpc.node(name, rig.host(), 0);
        before.accept(rig);
        rig.start();
        return new VpcNode(rig, node);
    }

    private NodeRig unstarted(String name, Map<String, Object> section) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("cooldownSeconds", 0).put("ec2", vpc.ec2().endpoint().toString());
        section.forEach((key, value) -> settings.set(key, new ObjectMapper().valueToTree(value)));
        return VpcNode.unstarted(state.resolve(name), settings);
    }

    @Override
    public void close() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        vpc.close();
    }
}
