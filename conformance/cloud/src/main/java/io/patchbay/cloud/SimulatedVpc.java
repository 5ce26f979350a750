package io.patchbay.cloud;

import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.List;

/// A VPC with nodes: their interfaces, the packets between them, and instance metadata for each at
/// 169.254.169.254. All of it is in this process and one network namespace without a name, and ends
/// with them. Safe from any thread but a virtual one.
public final class SimulatedVpc implements AutoCloseable {
    private static final int LOOPBACK = 1;

    private final VpcState state;
    private final Fabric fabric;
    private final MetadataService metadata;

    private SimulatedVpc(VpcState state) {
        this.state = state;
        this.fabric = new Fabric(state.subnets());
        try {
            this.metadata = MetadataService.open(state, fabric.netns(), Fabric.METADATA);
        } catch (RuntimeException e) {
            fabric.close();
            throw e;
        }
    }

    /// A VPC 10.0.0.0/16 with the subnets 10.0.0.0/24 and 10.0.1.0/24.
    public static SimulatedVpc open() {
        return open(
                Cidr.parse("10.0.0.0/16"),
                List.of(Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.1.0/24")));
    }

    public static SimulatedVpc open(Cidr cidr, List<Cidr> subnets) {
        return new SimulatedVpc(new VpcState(cidr, subnets));
    }

    public List<SimulatedSubnet> subnets() {
        return state.subnets();
    }

    /// Boots a node in the first subnet.
    public SimulatedNode node(String name, Netns namespace, int... secondaries) {
        return node(name, namespace, state.subnets().getFirst().cidr(), secondaries);
    }

    /// Boots a node: its interfaces appear in its namespace as eth0, eth1 and so on, one for each
    /// number, with that many secondary addresses assigned. As by DHCP, eth0 is up with the primary
    /// address and the default route; nothing is done to the others.
    public synchronized SimulatedNode node(
            String name, Netns namespace, Cidr subnet, int... secondaries) {
        SimulatedNode node = state.addNode(name, subnet, secondaries);
        node.enis().forEach(eni -> fabric.attach(eni, namespace, "eth" + eni.device()));
        SimulatedEni primary = node.primary();
        int eth0 = namespace.rtnl().find("eth0").orElseThrow().index();
        namespace
                .rtnl()
                .apply(
                        new SetUp(LOOPBACK, true),
                        new SetUp(eth0, true),
                        new AddAddress(
                                eth0,
                                new Cidr(primary.primary(), primary.subnet().cidr().prefix())),
                        new AddRoute(
                                Route.to(Cidr.any(false)).via(primary.subnet().router()).on(eth0)));
        return node;
    }

    /// A node as it is now.
    public SimulatedNode node(String name) {
        return state.node(name);
    }

    /// Attaches one more interface to a running node, as its last device.
    public synchronized SimulatedEni attach(String name, Netns namespace, int secondaries) {
        SimulatedEni eni = state.addEni(name, secondaries);
        fabric.attach(eni, namespace, "eth" + eni.device());
        return eni;
    }

    /// Assigns more secondary addresses to an interface, and tells which.
    public synchronized List<InetAddress> assign(String eni, int count) {
        List<InetAddress> added = state.assign(eni, count);
        added.forEach(address -> fabric.assign(eni, address));
        return added;
    }

    public synchronized void unassign(String eni, InetAddress address) {
        state.unassign(eni, address);
        fabric.unassign(eni, address);
    }

    public Dropped dropped() {
        return fabric.dropped();
    }

    /// A host outside the VPC that answers.
    public InetAddress internet() {
        return Fabric.INTERNET;
    }

    /// Makes every token of the metadata service invalid.
    public void forgetTokens() {
        metadata.forgetTokens();
    }

    /// Where this process's commands find the namespace that carries the packets.
    public String fabricPath() {
        return "/proc/%d/fd/%d"
                .formatted(ProcessHandle.current().pid(), fabric.netns().descriptor());
    }

    /// Takes every interface from its node, and leaves nothing. Idempotent.
    @Override
    public synchronized void close() {
        metadata.close();
        fabric.close();
    }
}
