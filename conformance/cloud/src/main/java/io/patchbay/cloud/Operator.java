package io.patchbay.cloud;

import io.patchbay.cloud.vpc.Assignments;
import io.patchbay.cloud.vpc.Attachments;
import io.patchbay.cloud.vpc.Attachments.Place;
import io.patchbay.cloud.vpc.Attribute;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.Interfaces;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.Outcome;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Tags;
import io.patchbay.cloud.vpc.Trunks;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Changes a VPC as somebody at EC2's console does: at once, and past its API with its faults. What
/// EC2 refuses is refused here.
record Operator(Cloud cloud) {
    /// Runs an instance, which has one interface. In a subnet that has IPv6 this has an address of
    /// it.
    Instance run(String name, String type, String subnet, int secondaries) {
        return cloud.ledger()
                .perform(vpc -> {
                    int ipv6 = vpc.getSubnet(subnet).ipv6().isPresent() ? 1 : 0;
                    Order order = Order.addresses(secondaries).and(Order.ipv6Addresses(ipv6));
                    return Instances.run(
                            vpc,
                            name,
                            type,
                            Creation.in(subnet, order),
                            Map.of(),
                            cloud.choice(),
                            cloud.clock().instant());
                });
    }

    /// Makes an interface and attaches it as the last device of a card.
    SimulatedEni attach(SimulatedNode node, int card, Creation creation) {
        String id =
                cloud.ledger()
                        .perform(vpc -> {
                            Outcome<NetworkInterface> made =
                                    Interfaces.create(vpc, creation, cloud.choice());
                            String eni = made.value().id();
                            return new Outcome<>(
                                    attached(made.vpc(), eni, lastOf(node, card)), eni);
                        });
        return eni(id);
    }

    /// Attaches an interface that is there as the last device of a node's first card.
    void attach(SimulatedNode node, String eni) {
        cloud.ledger().change(vpc -> attached(vpc, eni, lastOf(node, 0)));
    }

    private static Place lastOf(SimulatedNode node, int card) {
        int last =
                node.enis().stream()
                        .filter(eni -> eni.card() == card)
                        .mapToInt(SimulatedEni::device)
                        .max()
                        .orElse(0);
        return new Place(node.instanceId(), card, last + 1);
    }

    private Vpc attached(Vpc vpc, String eni, Place place) {
        return Attachments.attach(vpc, eni, place, cloud.choice(), cloud.clock().instant()).vpc();
    }

    void detach(String eni) {
        cloud.ledger()
                .change(vpc ->
                        Attachments.detach(
                                vpc, vpc.getInterface(eni).attachment().orElseThrow().id()));
    }

    SimulatedEni eni(String id) {
        Vpc vpc = cloud.ledger().now();
        return SimulatedEni.of(vpc, vpc.getInterface(id));
    }

    /// Makes an interface that is a branch of a trunk.
    SimulatedBranch branch(String trunk, int vlan, Creation creation) {
        String id =
                cloud.ledger()
                        .perform(vpc -> {
                            Outcome<NetworkInterface> made =
                                    Interfaces.create(
                                            vpc, creation.as(Kind.INTERFACE), cloud.choice());
                            String branch = made.value().id();
                            Vpc associated =
                                    Trunks.associate(
                                                    made.vpc(), branch, trunk, vlan, cloud.choice())
                                            .vpc();
                            return new Outcome<>(associated, branch);
                        });
        Vpc vpc = cloud.ledger().now();
        return SimulatedBranch.of(vpc, vpc.getInterface(id));
    }

    void delete(String eni) {
        cloud.ledger().change(vpc -> Interfaces.delete(vpc, eni));
    }

    List<Cidr> assign(String eni, Order order) {
        return cloud.ledger().perform(vpc -> Assignments.assign(vpc, eni, order, cloud.choice()));
    }

    void unassign(String eni, Collection<Cidr> blocks) {
        cloud.ledger().change(vpc -> Assignments.unassign(vpc, eni, blocks));
    }

    void tag(String resource, Map<String, String> tags) {
        cloud.ledger().change(vpc -> Tags.create(vpc, List.of(resource), tags));
    }

    void group(SecurityGroup group) {
        cloud.ledger().change(vpc -> vpc.with(group));
    }

    void groups(String eni, List<String> groups) {
        cloud.ledger().change(vpc -> Interfaces.modify(vpc, eni, new Attribute.Groups(groups)));
    }
}
