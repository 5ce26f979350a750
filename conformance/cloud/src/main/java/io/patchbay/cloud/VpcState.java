package io.patchbay.cloud;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who has which address: the one truth behind metadata and packets. It touches nothing.
final class VpcState {
    private static final String ID = "%s-%017x";
    private static final long FIRST_MAC = 0x0200_0A00_0000L;

    private final Cidr cidr;
    private final List<SimulatedSubnet> subnets;
    private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
    private int enis;

    VpcState(Cidr cidr, List<Cidr> subnets) {
        this.cidr = cidr;
        List<SimulatedSubnet> numbered = new ArrayList<>();
        for (Cidr subnet : subnets) {
            numbered.add(new SimulatedSubnet(ID.formatted("subnet", numbered.size() + 1), subnet));
        }
        this.subnets = List.copyOf(numbered);
    }

    Cidr cidr() {
        return cidr;
    }

    List<SimulatedSubnet> subnets() {
        return subnets;
    }

    synchronized SimulatedNode addNode(String name, Cidr subnet, int... secondaries) {
        if (nodes.containsKey(name) || secondaries.length == 0) {
            throw new IllegalArgumentException(
                    "node %s exists already, or was to have no interface".formatted(name));
        }
        nodes.put(name, new SimulatedNode(name, ID.formatted("i", nodes.size() + 1), List.of()));
        for (int count : secondaries) {
            addEni(node(name), subnet(subnet), count);
        }
        return node(name);
    }

    /// Attaches an interface behind the others of a node, in the subnet of the first.
    synchronized SimulatedEni addEni(String name, int secondaries) {
        SimulatedNode node = node(name);
        return addEni(node, node.primary().subnet(), secondaries);
    }

    private SimulatedEni addEni(SimulatedNode node, SimulatedSubnet subnet, int secondaries) {
        int number = ++enis;
        SimulatedEni eni =
                new SimulatedEni(
                        ID.formatted("eni", number),
                        new MacAddress(FIRST_MAC + number),
                        node.enis().size(),
                        subnet,
                        subnet.free(taken()),
                        List.of());
        List<SimulatedEni> more = new ArrayList<>(node.enis());
        more.add(eni);
        nodes.put(node.name(), new SimulatedNode(node.name(), node.instanceId(), more));
        assign(eni.id(), secondaries);
        return eni(eni.id());
    }

    /// Gives an interface more secondary addresses, and tells which.
    synchronized List<InetAddress> assign(String eni, int count) {
        List<InetAddress> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimulatedEni before = eni(eni);
            List<InetAddress> more = new ArrayList<>(before.secondaries());
            InetAddress address = before.subnet().free(taken());
            more.add(address);
            replace(before.with(more));
            added.add(address);
        }
        return added;
    }

    synchronized void unassign(String eni, InetAddress address) {
        SimulatedEni before = eni(eni);
        List<InetAddress> rest = new ArrayList<>(before.secondaries());
        if (!rest.remove(address)) {
            throw new IllegalArgumentException(
                    "%s is no secondary address of %s".formatted(Cidr.text(address), eni));
        }
        replace(before.with(rest));
    }

    private void replace(SimulatedEni eni) {
        nodes.replaceAll((name, node) -> node.with(eni));
    }

    synchronized SimulatedNode node(String name) {
        SimulatedNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node is named " + name);
        }
        return node;
    }

    synchronized SimulatedEni eni(String id) {
        return nodes.values().stream()
                .flatMap(node -> node.enis().stream())
                .filter(eni -> eni.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no interface is " + id));
    }

    /// Who sends from an address.
    synchronized Optional<SimulatedNode> owner(InetAddress address) {
        return nodes.values().stream().filter(node -> node.has(address)).findFirst();
    }

    private SimulatedSubnet subnet(Cidr wanted) {
        return subnets.stream()
                .filter(subnet -> subnet.cidr().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no subnet is " + wanted));
    }

    private Set<InetAddress> taken() {
        Set<InetAddress> taken = new HashSet<>();
        nodes.values().stream()
                .flatMap(node -> node.enis().stream())
                .forEach(eni -> taken.addAll(eni.addresses()));
        return taken;
    }
}
