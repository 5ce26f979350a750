package io.patchbay.vpc.plumbing;

import io.patchbay.cloud.SimulatedEni;
import io.patchbay.cloud.SimulatedNode;
import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// A node of a simulated VPC with its interfaces set up, and no delegate.
final class PlumbedNode implements AutoCloseable {
    private static final int FIRST_INDEX = 1000;

    private final PrivateNetns place = PrivateNetns.create();
    private final OpenNetns netns = Kernel.ofThisMachine().open(place.path());
    private final SimulatedVpc vpc;
    private final String name;
    private final NodeNetwork network;
    private int links = FIRST_INDEX;

    PlumbedNode(SimulatedVpc vpc, String name, EgressPolicy policy, int... secondaries) {
        this.vpc = vpc;
        this.name = name;
        this.network = new NodeNetwork(netns, 0, policy);
        vpc.node(name, netns, secondaries);
        network.setUp(enis());
    }

    List<Eni> enis() {
        return node().enis().stream().map(PlumbedNode::eni).toList();
    }

    private static Eni eni(SimulatedEni eni) {
        return new Eni(
                eni.id(),
                eni.mac(),
                eni.device(),
                0,
                eni.primary(),
                eni.subnet().id(),
                eni.subnet().cidr(),
                eni.primary6(),
                eni.subnet().cidr6(),
                List.of("sg-1"),
                EniConfig.NODE,
                List.of(Cidr.parse("10.0.0.0/16"), Cidr.parse("2001:db8::/56")),
                Stream.concat(eni.secondaries().stream().map(Cidr::host), eni.prefixes6().stream())
                        .toList());
    }

    SimulatedNode node() {
        return vpc.node(name);
    }

    InetAddress primary() {
        return node().primary().primary();
    }

    NodeNetwork network() {
        return network;
    }

    OpenNetns netns() {
        return netns;
    }

    Witness witness() {
        return place.witness();
    }

    Snapshot snapshot() {
        return NetworkState.take(name, witness());
    }

    /// Attaches a pod with the first secondary address of an interface.
    PlumbedPod pod(int device) {
        return pod(List.of(enis().get(device).only(Family.IPV4).addresses().getFirst()));
    }

    /// Attaches a pod with addresses of whatever interfaces.
    PlumbedPod pod(List<InetAddress> addresses) {
        PlumbedPod pod = new PlumbedPod();
        int index = links++;
        List<PodRouting> ways =
                addresses.stream()
                        .map(address -> new PodRouting(address, table(address), index, 2, true))
                        .toList();
        pod.attach(netns, network, "eth0", new PodPaths(ways));
        return pod;
    }

    private int table(InetAddress address) {
        return enis().stream()
                .filter(eni -> eni.has(address))
                .findFirst()
                .map(Eni::table)
                .orElse(Route.MAIN);
    }

    @Override
    public void close() {
        netns.close();
        place.close();
    }
}
