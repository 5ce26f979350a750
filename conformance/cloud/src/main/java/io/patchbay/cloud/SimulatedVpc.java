package io.patchbay.cloud;

import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.ec2.Ec2Access;
import io.patchbay.cloud.ec2.Ec2Service;
import io.patchbay.cloud.fabric.Dropped;
import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.cloud.imds.MetadataService;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A VPC with nodes: their interfaces, the packets between them, and instance metadata for each at
/// 169.254.169.254. All of it is in this process and one network namespace without a name, and ends
/// with them. Safe from any thread but a virtual one.
public final class SimulatedVpc implements AutoCloseable {
    private static final int LOOPBACK = 1;
    private static final int EC2_PORT = 8773;

    private final Layout layout;
    private final Cloud cloud;
    private final Operator operator;
    private final Ledger ledger;
    private final Fabric fabric;
    private final MetadataService metadata;
    private final Ec2Access access;

    private SimulatedVpc(Layout layout) {
        this.layout = layout;
        this.cloud = new Cloud(layout);
        this.operator = new Operator(cloud);
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
        return ledger.now().subnets().values().stream().map(SimulatedSubnet::of).toList();
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
    /// address and the default route, and in a subnet that has IPv6 with those of that, too;
    /// nothing is done to the others.
    public SimulatedNode node(
            String name, Netns namespace, String type, Cidr subnet, int... secondaries) {
        SimulatedNode node = run(name, type, subnet, secondaries);
        fabric.place(node.instanceId(), namespace);
        boot(namespace, node.primary());
        return node;
    }

    private static void boot(Netns namespace, SimulatedEni primary) {
        int eth0 = namespace.rtnl().find("eth0").orElseThrow().index();
        SimulatedSubnet subnet = primary.subnet();
        List<Change> changes = new ArrayList<>();
        changes.add(new SetUp(LOOPBACK, true));
        changes.add(new SetUp(eth0, true));
        changes.add(new AddAddress(eth0, new Cidr(primary.primary(), subnet.cidr().prefix())));
        changes.add(new AddRoute(Route.to(Cidr.any(false)).via(subnet.router()).on(eth0)));
        primary.primary6()
                .ifPresent(own -> {
                    changes.add(new AddAddress(eth0, Cidr.host(own)));
                    changes.add(
                            new AddRoute(Route.to(Cidr.any(true)).via(Fabric.ROUTER6).on(eth0)));
                });
        namespace.rtnl().apply(changes);
    }

    /// Runs an instance that has no machine: EC2 alone knows it.
    public SimulatedNode run(String name, String type, Cidr subnet, int... secondaries) {
        if (secondaries.length == 0 || find(name)) {
            throw new IllegalArgumentException(
                    "node %s exists already, or was to have no interface".formatted(name));
        }
        String id = subnet(subnet);
        Instance instance = operator.run(name, type, id, secondaries[0]);
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
        return operator.attach(
                node,
                card,
                Creation.in(node.primary().subnet().id(), Order.addresses(secondaries)));
    }

    /// Makes an interface of any kind and attaches it to a running node, as its last device.
    public SimulatedEni attach(String name, Creation creation) {
        return operator.attach(node(name), 0, creation);
    }

    /// Attaches an interface that {@link #detach} took from a node, as the last device.
    public void attach(String name, String eni) {
        operator.attach(node(name), eni);
    }

    /// Takes an interface from its node, whatever it carries.
    public void detach(String eni) {
        operator.detach(eni);
    }

    /// An interface that is attached, as it is now.
    public SimulatedEni eni(String id) {
        return operator.eni(id);
    }

    /// Makes an interface that is a branch of a trunk, with a VLAN id that the trunk has not yet.
    public SimulatedBranch branch(String trunk, int vlan, Creation creation) {
        return operator.branch(trunk, vlan, creation);
    }

    /// Deletes an interface that is attached to nothing: a branch leaves its trunk.
    public void delete(String eni) {
        operator.delete(eni);
    }

    /// Assigns more secondary addresses of IPv4 to an interface, and tells which.
    public List<InetAddress> assign(String eni, int count) {
        return assign(eni, Order.addresses(count)).stream().map(Cidr::address).toList();
    }

    /// Assigns addresses and prefixes of either family to an interface, and tells which.
    public List<Cidr> assign(String eni, Order order) {
        return operator.assign(eni, order);
    }

    public void unassign(String eni, InetAddress address) {
        unassign(eni, Cidr.host(address));
    }

    public void unassign(String eni, Cidr... blocks) {
        operator.unassign(eni, List.of(blocks));
    }

    /// Tags an interface, a subnet or an instance.
    public void tag(String resource, Map<String, String> tags) {
        operator.tag(resource, tags);
    }

    /// Makes a security group, or changes one.
    public void group(SecurityGroup group) {
        operator.group(group);
    }

    /// Puts an interface into other security groups.
    public void groups(String eni, String... groups) {
        operator.groups(eni, List.of(groups));
    }

    public Dropped dropped() {
        return fabric.dropped();
    }

    /// A host outside the VPC that answers.
    public InetAddress internet() {
        return Fabric.INTERNET;
    }

    /// The same host's address of IPv6.
    public InetAddress internet6() {
        return Fabric.INTERNET6;
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
