package io.patchbay.cloud;

import io.patchbay.cloud.fabric.FreshNetns;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddNeighbour;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.Change.DeleteNeighbour;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packets of a VPC: a namespace that routes between one veth for each interface. As in a VPC
/// there is no Ethernet between them: whatever a node asks by ARP is answered by the fabric itself,
/// and a packet goes to the interface that its destination is assigned to. Packets from or to
/// addresses that are not assigned to their interface are dropped and counted.
final class Fabric implements AutoCloseable {
    static final InetAddress INTERNET = Cidr.address("198.51.100.1");
    static final InetAddress METADATA = Cidr.address("169.254.169.254");

    private static final int LOOPBACK = 1;
    private static final int GROUP = 1;
    private static final int MTU = 9001;

    private final OpenNetns netns = FreshNetns.create();
    private final SourceCheck check = new SourceCheck(netns.nft());
    private final Map<String, Port> ports = new HashMap<>();

    /// The fabric's end of an interface.
    private record Port(int link, String name, SimulatedEni eni) {
        Route route(InetAddress address) {
            return Route.to(Cidr.host(address)).on(link).scope(Scope.LINK);
        }

        Neighbour neighbour(InetAddress address) {
            return new Neighbour(link, address, eni.mac(), true);
        }
    }

    Fabric(List<SimulatedSubnet> subnets) {
        netns.sysctl().set("net/ipv4/ip_forward", "1");
        // The check is the table's; the kernel's own would drop without counting.
        netns.sysctl().set("net/ipv4/conf/all/rp_filter", "0");
        netns.sysctl().set("net/ipv4/conf/default/rp_filter", "0");
        netns.sysctl().set("net/ipv4/conf/default/proxy_arp", "1");
        // IPv6 is not simulated; its own messages would come late and at any time.
        netns.sysctl().set("net/ipv6/conf/default/disable_ipv6", "1");
        check.install();
        List<Change> changes = new ArrayList<>(List.of(new SetUp(LOOPBACK, true)));
        changes.add(new AddAddress(LOOPBACK, Cidr.host(INTERNET)));
        changes.add(new AddAddress(LOOPBACK, Cidr.host(METADATA)));
        subnets.forEach(
                subnet -> changes.add(new AddAddress(LOOPBACK, Cidr.host(subnet.router()))));
        netns.rtnl().apply(changes);
    }

    Netns netns() {
        return netns;
    }

    /// Makes the veth of an interface, whose other end the node sees under a name.
    void attach(SimulatedEni eni, Netns node, String name) {
        String own = "eni" + (ports.size() + 1);
        Head head = Head.named(own).group(GROUP).mtu(MTU).asUp();
        Head peer = Head.named(name).mtu(MTU).mac(eni.mac()).in(node);
        netns.rtnl().apply(new CreateLink(new Veth(head, peer)));
        Port port = new Port(netns.rtnl().find(own).orElseThrow().index(), own, eni);
        // An answer on behalf of others waits up to 0.8 s (arp(7), proxy_delay).
        netns.sysctl().set("net/ipv4/neigh/" + own + "/proxy_delay", "0");
        node.sysctl().set("net/ipv6/conf/" + name + "/disable_ipv6", "1");
        ports.put(eni.id(), port);
        eni.addresses().forEach(address -> assign(eni.id(), address));
    }

    void assign(String eni, InetAddress address) {
        Port port = port(eni);
        netns.rtnl()
                .apply(
                        new AddRoute(port.route(address)),
                        new AddNeighbour(port.neighbour(address)));
        check.permit(port.name(), address);
    }

    void unassign(String eni, InetAddress address) {
        Port port = port(eni);
        check.forbid(port.name(), address);
        netns.rtnl()
                .apply(
                        new DeleteRoute(port.route(address)),
                        new DeleteNeighbour(port.neighbour(address)));
    }

    private Port port(String eni) {
        Port port = ports.get(eni);
        if (port == null) {
            throw new IllegalArgumentException("no interface is " + eni);
        }
        return port;
    }

    Dropped dropped() {
        return check.dropped();
    }

    /// Takes the interfaces from the nodes at once; the namespace alone would take its time.
    /// Idempotent.
    @Override
    public void close() {
        try (netns) {
            if (!ports.isEmpty()) {
                ports.clear();
                netns.rtnl().apply(new DeleteGroup(GROUP));
            }
        }
    }
}
