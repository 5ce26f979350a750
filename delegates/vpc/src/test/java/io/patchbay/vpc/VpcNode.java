package io.patchbay.vpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A node of a simulated VPC with the delegate on it.
public record VpcNode(NodeRig rig, SimulatedNode node) implements AutoCloseable {
    static final String CONFIG =
            "{\"cniVersion\": \"1.1.0\", \"name\": \"pods\", \"type\": \"vpc\"}";

    /// @param secondaries of each interface
    static VpcNode boot(SimulatedVpc vpc, Path state, String name, int... secondaries) {
        return bootWithCooldown(0, vpc, state, name, secondaries);
    }

    static VpcNode bootWithCooldown(
            int cooldown, SimulatedVpc vpc, Path state, String name, int... secondaries) {
        NodeRig rig = unstarted(state.resolve(name), cooldown);
        SimulatedNode node = vpc.node(name, rig.host(), secondaries);
        rig.start();
        return new VpcNode(rig, node);
    }

    /// One whose pool is what the test assigns, and that translates nothing.
    static NodeRig unstarted(Path state, int cooldown) {
        return unstarted(state, unprovisioned(cooldown));
    }

    private static ObjectNode unprovisioned(int cooldown) {
        ObjectNode settings =
                JsonNodeFactory.instance.objectNode().put("cooldownSeconds", cooldown);
        settings.putObject("pool").put("provision", false);
        settings.putObject("egress").put("snat", "external").put("nodePorts", false);
        return settings;
    }

    /// As {@link #boot}, beside another delegate.
    static VpcNode bootBeside(
            DelegateProvider<?> other, SimulatedVpc vpc, Path state, int... secondaries) {
        NodeRig rig =
                unstarted(state.resolve("node"), unprovisioned(0), List.of(other), Hardware.NONE);
        SimulatedNode node = vpc.node("node", rig.host(), secondaries);
        rig.start();
        return new VpcNode(rig, node);
    }

    static NodeRig unstarted(Path state, ObjectNode settings) {
        return unstarted(state, settings, List.of(), Hardware.NONE);
    }

    /// @param others that have its addresses
    static NodeRig unstarted(
            Path state, ObjectNode settings, List<DelegateProvider<?>> others, Hardware hardware) {
        List<DelegateProvider<?>> providers = new ArrayList<>(others);
        providers.add(new VpcProvider());
        return new NodeRig(state, providers, Map.of("vpc", settings), hardware);
    }

    /// Attaches a pod and tells its address.
    InetAddress add(RigPod pod) {
        return address(rig.add(pod, CONFIG).getFirst());
    }

    static InetAddress address(AttachedNetwork attached) {
        return attached.result().ips().getFirst().address().address();
    }

    /// The n-th secondary address of an interface.
    InetAddress secondary(int eni, int n) {
        return node.enis().get(eni).secondaries().get(n);
    }

    static boolean reaches(RigPod pod, InetAddress target, String... words) {
        List<String> line =
                new ArrayList<>(List.of("ping", "-n", "-q", "-c", "1", "-w", "10", "-i", "0.2"));
        line.addAll(List.of(words));
        line.add(Cidr.text(target));
        return pod.witness().attempt(line.toArray(String[]::new)).status() == 0;
    }

    @Override
    public void close() {
        rig.close();
    }
}
