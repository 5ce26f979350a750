package io.patchbay.vpc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.ipvlan.IpvlanProvider;
import io.patchbay.ipvlan.MacvlanProvider;
import io.patchbay.ipvlan.VlanProvider;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.sriov.HostDeviceProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A simulated VPC whose nodes' pools grow by EC2, through the AWS SDK. The delegate's calls of EC2
/// run in this process's namespace, where no instance metadata is: the credentials are the
/// process's.
public record GrowingVpc(SimulatedVpc vpc, Path state) implements AutoCloseable {
    private static final Map<String, String> NO_MANAGE =
            Map.of("node.k8s.amazonaws.com/no_manage", "true");

    public static GrowingVpc open(Path state, Layout layout) {
        return new GrowingVpc(openWithKeys(layout), state);
    }

    /// A VPC whose EC2 takes this process's calls, until {@link #forgetKeys}.
    static SimulatedVpc openWithKeys(Layout layout) {
        SimulatedVpc vpc = SimulatedVpc.open(layout);
        System.setProperty("aws.accessKeyId", vpc.ec2().credential().accessKeyId());
        System.setProperty("aws.secretAccessKey", vpc.ec2().credential().secretAccessKey());
        return vpc;
    }

    static void forgetKeys() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
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
    public VpcNode bootWith(String name, Map<String, Object> section, Consumer<NodeRig> before) {
        NodeRig rig = unstarted(name, section);
        SimulatedNode node = vpc.node(name, rig.host(), 0);
        before.accept(rig);
        rig.start();
        return new VpcNode(rig, node);
    }

    /// A node whose links on interfaces have addresses of the VPC.
    ///
    /// @param secondaries of each further interface, eth1 and so on: it is tagged `no_manage`, of
    ///   the last subnet, and up
    VpcNode bootWithUnmanaged(String name, int... secondaries) {
        return bootWithLinks(Hardware.NONE, name, NO_MANAGE, secondaries);
    }

    /// As above, where the node has hardware of its own.
    VpcNode bootWithUnmanaged(Hardware hardware, String name, int... secondaries) {
        return bootWithLinks(hardware, name, NO_MANAGE, secondaries);
    }

    /// As above, where the further interfaces are the pool's.
    VpcNode bootWithLinks(String name, int... secondaries) {
        return bootWithLinks(Hardware.NONE, name, Map.of(), secondaries);
    }

    private VpcNode bootWithLinks(
            Hardware hardware, String name, Map<String, String> tags, int... secondaries) {
        NodeRig rig =
                VpcNode.unstarted(
                        state.resolve(name),
                        settings(Map.of()),
                        List.of(
                                new IpvlanProvider(),
                                new MacvlanProvider(),
                                new VlanProvider(),
                                new HostDeviceProvider()),
                        hardware);
        vpc.node(name, rig.host(), 0);
        for (int count : secondaries) {
            attach(rig, name, count, tags);
        }
        rig.start();
        return new VpcNode(rig, vpc.node(name));
    }

    /// A further interface that is left to its network, on a node that runs.
    void attachUnmanaged(VpcNode node, String name) {
        attach(node.rig(), name, 0, NO_MANAGE);
    }

    private void attach(NodeRig rig, String name, int secondaries, Map<String, String> tags) {
        SimulatedEni eni =
                vpc.attach(
                        name,
                        Creation.in(vpc.subnets().getLast().id(), Order.addresses(secondaries))
                                .tagged(tags));
        rig.witness().run("ip", "link", "set", "eth" + eni.device(), "up");
    }

    /// Has an ENIConfig there before a node starts.
    public static Consumer<NodeRig> eniConfig(String name, String spec) {
        return rig -> rig.cluster().object(EniConfigSpec.KIND, name, spec);
    }

    private NodeRig unstarted(String name, Map<String, Object> section) {
        return VpcNode.unstarted(state.resolve(name), settings(section));
    }

    private ObjectNode settings(Map<String, Object> section) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("cooldownSeconds", 0).put("ec2", vpc.ec2().endpoint().toString());
        section.forEach((key, value) -> settings.set(key, new ObjectMapper().valueToTree(value)));
        return settings;
    }

    @Override
    public void close() {
        forgetKeys();
        vpc.close();
    }
}
