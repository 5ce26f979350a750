package io.patchbay.cloud;

import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.ec2.Ec2Access;
import io.patchbay.cloud.ec2.Ec2Service;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.cloud.imds.MetadataService;
import io.patchbay.cloud.vpc.Assignments;
import io.patchbay.cloud.vpc.Attachments;
import io.patchbay.cloud.vpc.Attachments.Place;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.Interfaces;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.Outcome;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// A VPC with nodes: their interfaces, the packets between them, and instance metadata for each at
/// 169.254.169.254. All of it is in this process and one network namespace without a name, and ends
/// with them. Safe from any thread but a virtual one.
public final class SimulatedVpc implements AutoCloseable {
    private static final int LOOPBACK = 1;
    private static final int EC2_PORT = 8773;

    private final Layout layout;
    private final Cloud cloud;
    private final Ledger ledger;
    private final Fabric fabric;
    private final MetadataService metadata;
    private final Ec2Access access;

    private SimulatedVpc(Layout layout) {
        this.layout = layout;
        this.cloud = new Cloud(layout);
        this.ledger = cloud.ledger();
        this.fabric = Fabric.of(ledger);
        try {
            this.access = listen(cloud, fabric);
            this.metadata =
                    MetadataService.open(ledger, fabric.netns(), Fabric.METADATA, cloud.clock());
        } catch (RuntimeException e) {
            cloud.close();
            fabric.close();
            throw e;
        }
        cloud.show(metadata);
    }

    private static Ec2Access listen(Cloud cloud, Fabric fabric) {
        Ec2Service service = cloud.service();
        return cloud.access(
                service.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                service.listen(fabric.netns(), new InetSocketAddress(Fabric.INTERNET, EC2_PORT)));
    }

    /// A VPC 10.0.0.0/16 with the subnets 10.0.0.0/24 and 10.0.1.0/24.
    public static SimulatedVpc open() {
        return open(Layout.of("10.0.0.0/16").subnet("10.0.0.0/24").subnet("10.0.1.0/24"));
    }

    public static SimulatedVpc open(Layout layout) {
        return new SimulatedVpc(layout);
    }

    /// What it knows, which its faces follow.
    public Ledger ledger() {
        return ledger;
    }

    /// Where EC2 is, and what to sign with. A node has credentials of its own, by its metadata.
    public Ec2Access ec2() {
        return access;
    }

    /// What can be made to go wrong, and how often EC2 was called.
    public Faults faults() {
        return cloud.faults();
    }

    /// Instance metadata, for its own faults.
    public MetadataService metadata() {
        return metadata;
    }

    public List<SimulatedSubnet> subnets() {
        return ledger.now().subnets().values().stream()
                .map(subnet -> new SimulatedSubnet(subnet.id(), subnet.cidr()))
                .toList();
    }

    /// Boots a node in the first subnet.
    public SimulatedNode node(String name, Netns namespace, int... secondaries) {
        return node(name, namespace, subnets().getFirst().cidr(), secondaries);
    }

    /// Boots a node of the layout's type.
    public SimulatedNode node(String name, Netns namespace, Cidr subnet, int... secondaries) {
        return node(name, namespace, layout.instanceType(), subnet, secondaries);
    }

    /// Boots a node: its interfaces appear in its namespace as eth0, eth1 and so on, one for each
    /// number, with that many secondary addresses assigned. As by DHCP, eth0 is up with the primary
    /// address and the default route; nothing is done to the others.
    public SimulatedNode node(
            String name, Netns namespace, String type, Cidr subnet, int... secondaries) {
        SimulatedNode node = run(name, type, subnet, secondaries);
        fabric.place(node.instanceId(), namespace);
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

    /// Runs an instance that has no machine: EC2 alone knows it.
    public SimulatedNode run(String name, String type, Cidr subnet, int... secondaries) {
        if (secondaries.length == 0 || find(name)) {
            throw new IllegalArgumentException(
                    "node %s exists already, or was to have no interface".formatted(name));
        }
        String id = subnet(subnet);
        Instance instance = cloud.run(name, type, id, secondaries[0]);
        for (int i = 1; i < secondaries.length; i++) {
            attach(name, secondaries[i]);
        }
        return SimulatedNode.of(ledger.now(), instance);
    }

    private String subnet(Cidr wanted) {
        return subnets().stream()
                .filter(subnet -> subnet.cidr().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no subnet is " + wanted))
                .id();
    }

    private boolean find(String name) {
        return ledger.now().instances().values().stream()
                .anyMatch(instance -> instance.name().equals(name));
    }

    /// A node as it is now.
    public SimulatedNode node(String name) {
        Vpc vpc = ledger.now();
        return vpc.instances().values().stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .map(instance -> SimulatedNode.of(vpc, instance))
                .orElseThrow(() -> new IllegalArgumentException("no node is named " + name));
    }

    /// Ends a node: its links go, and its interfaces that are to go with it.
    public void terminate(String name) {
        String instance = node(name).instanceId();
        ledger.change(vpc -> Instances.terminate(vpc, instance));
        fabric.remove(instance);
    }

    /// Attaches one more interface to a running node, as its last device and in the subnet of its
    /// first.
    public SimulatedEni attach(String name, int secondaries) {
        return attach(name, 0, secondaries);
    }

    /// As {@link #attach(String, int)}, as the last device of a network card.
    public SimulatedEni attach(String name, int card, int secondaries) {
        SimulatedNode node = node(name);
        int device =
                node.enis().stream()
                                .filter(eni -> eni.card() == card)
                                .mapToInt(SimulatedEni::device)
                                .max()
                                .orElse(0)
                        + 1;
        Place place = new Place(node.instanceId(), card, device);
        Creation creation = Creation.in(node.primary().subnet().id(), Order.addresses(secondaries));
        String id =
                ledger.perform(vpc -> {
                    Outcome<NetworkInterface> made =
                            Interfaces.create(vpc, creation, cloud.choice());
                    Outcome<Attachment> attached =
                            Attachments.attach(
                                    made.vpc(),
                                    made.value().id(),
                                    place,
                                    cloud.choice(),
                                    cloud.clock().instant());
                    return new Outcome<>(attached.vpc(), made.value().id());
                });
        return SimulatedEni.of(ledger.now(), ledger.now().getInterface(id));
    }

    /// Assigns more secondary addresses to an interface, and tells which.
    public List<InetAddress> assign(String eni, int count) {
        return ledger
                .perform(
                        vpc -> Assignments.assign(vpc, eni, Order.addresses(count), cloud.choice()))
                .stream()
                .map(Cidr::address)
                .toList();
    }

    public void unassign(String eni, InetAddress address) {
        ledger.change(vpc -> Assignments.unassign(vpc, eni, List.of(Cidr.host(address))));
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
    public void close() {
        cloud.close();
        metadata.close();
        fabric.close();
    }
}
