package io.patchbay.vpc.modes;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.vpc.VpcNode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A pod on a node of a simulated VPC, attached.
///
/// @param networks eth0's first
record ModePod(
        RigPod pod,
        VpcNode node,
        Sort sort,
        List<AttachedNetwork> networks,
        OpenNetns netns,
        Host host)
        implements AutoCloseable {
    static ModePod of(RigPod pod, VpcNode node, Sort sort, List<AttachedNetwork> networks) {
        OpenNetns netns = Kernel.ofThisMachine().open(pod.path());
        return new ModePod(pod, node, sort, networks, netns, Host.of(netns, pod.witness()));
    }

    String name() {
        return pod.containerId();
    }

    /// As its network's result tells them.
    List<InetAddress> addresses(int network) {
        return networks.get(network).result().ips().stream()
                .map(ip -> ip.address().address())
                .toList();
    }

    List<End> ends() {
        List<End> ends = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            Place place = i == 0 ? sort.place() : Place.NETWORK;
            boolean strict = i == 0 && sort.isStrict();
            addresses(i)
                    .forEach(address ->
                            ends.add(new End(name(), node.node().name(), strict, address, place)));
        }
        return ends;
    }

    /// Forgets the pod as its namespace ends; whoever detaches it does so before.
    @Override
    public void close() {
        host.close();
        netns.close();
        pod.close();
    }
}
