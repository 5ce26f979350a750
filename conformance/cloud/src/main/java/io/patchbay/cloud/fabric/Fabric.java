package io.patchbay.cloud.fabric;

import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddNeighbour;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.LinkSpec.Vlan;
import io.patchbay.spi.net.Netns;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The packets of a VPC: a namespace that routes between one link for each attached interface, and
/// follows the VPC as it changes. As in a VPC there is no Ethernet between the interfaces: whatever
/// a node asks by ARP is answered by the fabric itself, and a packet goes to the interface that its
/// destination is assigned to. What is not assigned, or not permitted, is dropped and counted. Safe
/// from any thread but a virtual one. Nothing but this process holds the namespace, and the links
/// end with it.
public final class Fabric implements AutoCloseable {
    /// A host outside the VPC. It answers ping, and by UDP and TCP at {@link #ECHO} it tells the
    /// source address and port it saw, as one line `ADDRESS PORT`.
    public static final InetAddress INTERNET = Cidr.address("198.51.100.1");

    /// The same host's address of IPv6.
    public static final InetAddress INTERNET6 = Cidr.address("3fff::1");

    /// The VPC's router for IPv6, the same on every link (amazon-vpc-cni-k8s,
    /// `pkg/networkutils/network.go`).
    public static final InetAddress ROUTER6 = Cidr.address("fe80:ec2::1");

    public static final int ECHO = 7;
    public static final InetAddress METADATA = Cidr.address("169.254.169.254");

    private static final int LOOPBACK = 1;
    private static final int GROUP = 1;
    private static final int MTU = 9001;

    private final OpenNetns netns = FreshNetns.create();
    private final Map<String, Netns> places = new HashMap<>();
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final Set<InetAddress> routers = new HashSet<>();
    private final List<Echo> echoes = new ArrayList<>();
    private Optional<Vpc> last = Optional.empty();
    private Ruleset rules = Ruleset.EMPTY;
    private int made;
    private boolean closed;

    private Fabric() {
        try {
            prepare();
            echoes.add(Echo.open(netns, INTERNET, ECHO));
            echoes.add(Echo.open(netns, INTERNET6, ECHO));
        } catch (RuntimeException e) {
            echoes.forEach(Echo::close);
            netns.close();
            throw e;
        }
    }

    /// Carries the packets of a VPC from now on.
    public static Fabric of(Ledger ledger) {
        Fabric fabric = new Fabric();
        try {
            ledger.follow(fabric::show);
        } catch (RuntimeException e) {
            fabric.close();
            throw e;
        }
        return fabric;
    }

    private void prepare() {
        set("net/ipv4/ip_forward", "1");
        // The check is the table's; the kernel's own would drop without counting.
        set("net/ipv4/conf/all/rp_filter", "0");
        set("net/ipv4/conf/default/rp_filter", "0");
        set("net/ipv4/conf/default/proxy_arp", "1");
        set("net/ipv4/conf/all/send_redirects", "0");
        set("net/ipv4/conf/default/send_redirects", "0");
        set("net/ipv6/conf/all/forwarding", "1");
        set("net/ipv6/conf/default/accept_dad", "0");
        // But for subnets that have it: its own messages come late and at any time.
        set("net/ipv6/conf/default/disable_ipv6", "1");
        netns.nft().apply(Filter.TABLE);
        netns.rtnl()
                .apply(
                        new SetUp(LOOPBACK, true),
                        new AddAddress(LOOPBACK, Cidr.host(INTERNET)),
                        new AddAddress(LOOPBACK, Cidr.host(INTERNET6)),
                        new AddAddress(LOOPBACK, Cidr.host(METADATA)));
    }

    private void set(String key, String value) {
        netns.sysctl().set(key, value);
    }

    /// The namespace that carries the packets.
    public Netns netns() {
        return netns;
    }

    /// Lets an instance have its interfaces as links of a namespace: those it has and those that
    /// come. They are down and without addresses.
    public synchronized void place(String instance, Netns namespace) {
        places.put(instance, namespace);
        last.ifPresent(this::show);
    }

    /// Takes an instance's links away, as its end does.
    public synchronized void remove(String instance) {
        places.remove(instance);
        last.ifPresent(this::show);
    }

    private synchronized void show(Vpc vpc) {
        if (closed) {
            return;
        }
        last = Optional.of(vpc);
        route(vpc.subnets().values());
        Map<String, Spot> wanted = Spot.all(vpc, places);
        for (Port port : List.copyOf(ports.values())) {
            if (!port.spot().equals(wanted.get(port.eni().id())) || isCut(port)) {
                unplug(port);
            }
        }
        List<Change> gone = new ArrayList<>();
        List<Change> come = new ArrayList<>();
        wanted.forEach((id, spot) -> {
            NetworkInterface eni = vpc.getInterface(id);
            Port port = ports.get(id);
            if (port == null) {
                plug(eni, vpc.getSubnet(eni.subnet()).ipv6().isPresent(), spot, come);
            } else {
                reroute(port, eni, gone, come);
            }
        });
        gone.addAll(come);
        tolerant(gone);
        filter(Filter.of(vpc, ports.values()));
    }

    private void route(Iterable<Subnet> subnets) {
        for (Subnet subnet : subnets) {
            InetAddress router = subnet.cidr().at(1);
            if (routers.add(router)) {
                netns.rtnl().apply(new AddAddress(LOOPBACK, Cidr.host(router)));
            }
        }
    }

    private void plug(NetworkInterface eni, boolean ipv6, Spot spot, List<Change> routes) {
        String own = "eni" + ++made;
        Head head = Head.named(own).group(GROUP).mtu(MTU).asUp();
        netns.rtnl().apply(new CreateLink(spec(head, eni, spot)));
        Port port = new Port(netns.rtnl().find(own).orElseThrow().index(), own, spot, eni);
        ports.put(eni.id(), port);
        // An answer on behalf of others waits up to 0.8 s (arp(7), proxy_delay).
        set("net/ipv4/neigh/" + own + "/proxy_delay", "0");
        routes.add(new AddRoute(port.route(Cidr.host(eni.primary()))));
        routes.add(new AddNeighbour(port.neighbour(Family.IPV4)));
        speakIpv6(port, ipv6, routes);
        reroute(port.with(eni.withBlocks(List.of())), eni, routes, routes);
    }

    /// The router's address answers at once, and the node's own on the link can be asked from: no
    /// duplicate is looked for at either end.
    private void speakIpv6(Port port, boolean ipv6, List<Change> routes) {
        if (port.spot() instanceof Spot.Node(Netns namespace, String link)) {
            String conf = "net/ipv6/conf/" + link;
            namespace.sysctl().set(conf + "/accept_dad", "0");
            namespace.sysctl().set(conf + "/disable_ipv6", ipv6 ? "0" : "1");
        }
        if (ipv6) {
            set("net/ipv6/conf/" + port.name() + "/disable_ipv6", "0");
            routes.add(new AddAddress(port.link(), Cidr.host(ROUTER6)));
            routes.add(new AddNeighbour(port.neighbour(Family.IPV6)));
        }
    }

    private LinkSpec spec(Head head, NetworkInterface eni, Spot spot) {
        return switch (spot) {
            case Spot.Node(Netns namespace, String link) ->
                    new Veth(head, Head.named(link).mtu(MTU).mac(eni.mac()).in(namespace));
            case Spot.Tagged(String trunk, int vlan) -> new Vlan(head, port(trunk).link(), vlan);
        };
    }

    private Port port(String eni) {
        Port port = ports.get(eni);
        if (port == null) {
            throw new IllegalStateException("interface %s has no link".formatted(eni));
        }
        return port;
    }

    private void reroute(Port port, NetworkInterface eni, List<Change> gone, List<Change> come) {
        List<Cidr> before = port.eni().assigned().toList();
        List<Cidr> after = eni.assigned().toList();
        before.stream()
                .filter(block -> !after.contains(block))
                .forEach(block -> gone.add(new DeleteRoute(port.route(block))));
        after.stream()
                .filter(block -> !before.contains(block))
                .forEach(block -> come.add(new AddRoute(port.route(block))));
        ports.put(eni.id(), port.with(eni));
    }

    /// Whether the trunk that a branch was on is gone, and its link with it.
    private boolean isCut(Port port) {
        return port.spot() instanceof Spot.Tagged(String trunk, int _) && !ports.containsKey(trunk);
    }

    private void unplug(Port port) {
        ports.remove(port.eni().id());
        tolerant(List.of(new DeleteLink(port.link())));
    }

    /// A link may be gone already, with the namespace of its node.
    private void tolerant(List<Change> changes) {
        try {
            netns.rtnl().apply(changes);
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    private void filter(Ruleset next) {
        String transaction = rules.until(next);
        if (!transaction.isEmpty()) {
            netns.nft().apply(transaction);
        }
        rules = next;
    }

    public Dropped dropped() {
        String table = netns.nft().list("inet", "vpc");
        return new Dropped(
                Counter.packets(table, "foreign_source"),
                Counter.packets(table, "foreign_destination"),
                Counter.packets(table, "groups"),
                Counter.packets(table, "foreign_mac"));
    }

    /// Takes the interfaces from the nodes at once; the namespace alone would take its time.
    /// Idempotent.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        echoes.forEach(Echo::close);
        try (netns) {
            if (!ports.isEmpty()) {
                ports.clear();
                tolerant(List.of(new DeleteGroup(GROUP)));
            }
        }
    }
}
