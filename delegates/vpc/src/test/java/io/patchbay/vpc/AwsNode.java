package io.patchbay.vpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.VpcCniPod;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A node that was Amazon's plugin's, on which our delegate is about to start.
///
/// @param checkpoint the directory of the checkpoint
/// @param pods that it left, by interface
record AwsNode(VpcNode ours, Path checkpoint, List<AwsPod> pods) implements AutoCloseable {
    /// @param secondaries addresses of each interface
    /// @param busy how many of each have a pod
    static AwsNode leave(SimulatedVpc vpc, Path directory, int[] secondaries, int[] busy) {
        return leave(vpc, directory, 0, secondaries, busy);
    }

    static AwsNode leave(
            SimulatedVpc vpc, Path directory, int cooldown, int[] secondaries, int[] busy) {
        Path checkpoint = directory.resolve("aws-node");
        ObjectNode settings =
                JsonNodeFactory.instance.objectNode().put("cooldownSeconds", cooldown);
        settings.putObject("pool").put("provision", false);
        settings.putObject("egress").put("snat", "external").put("nodePorts", false);
        settings.put("checkpoint", checkpoint.toString());
        NodeRig rig = VpcNode.unstarted(directory.resolve("state"), settings);
        VpcNode ours = new VpcNode(rig, vpc.node("a", rig.host(), secondaries));
        List<AwsPod> pods = new ArrayList<>();
        rig.witness().run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        for (int device = 0; device < busy.length; device++) {
            if (device > 0) {
                SimulatedEni eni = ours.node().enis().get(device);
                rig.witness().run("sh", "-ec", VpcCniPod.setUp(eni));
            }
            for (int n = 0; n < busy[device]; n++) {
                String name = "web-%d-%d".formatted(device, n);
                pods.add(AwsPod.attach(rig, name, ours.secondary(device, n), device));
            }
        }
        return new AwsNode(ours, checkpoint, List.copyOf(pods));
    }

    /// Writes the checkpoint as the plugin does.
    AwsNode remembered() {
        return remembered(VpcCniPod.checkpoint(pods.stream().map(AwsPod::left).toList()));
    }

    AwsNode remembered(String text) {
        try {
            Files.createDirectories(checkpoint);
            Files.writeString(checkpoint.resolve("ipam.json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    NodeRig rig() {
        return ours.rig();
    }

    @SuppressWarnings("unchecked")
    Delegate<VpcConfig> delegate() {
        return (Delegate<VpcConfig>) rig().delegates().find("vpc").orElseThrow();
    }

    /// The DEL of a sandbox that the core does not know.
    void del(AwsPod pod) {
        delegate()
                .delInherited(
                        pod.sandbox().containerId(),
                        Optional.empty(),
                        Instant.now().plusSeconds(60));
    }

    /// What `patchbay show vpc` says of an address: `STATE OWNER`.
    String state(AwsPod pod) {
        return delegate().tables().get(1).rows().stream()
                .filter(row -> row.contains(Cidr.text(pod.address())))
                .map(row -> row.get(2) + " " + row.get(4))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        pods.forEach(AwsPod::close);
        ours.close();
    }
}
