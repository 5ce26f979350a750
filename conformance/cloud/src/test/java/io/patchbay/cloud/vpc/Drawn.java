package io.patchbay.cloud.vpc;

import io.patchbay.cloud.vpc.Attachments.Place;
import io.patchbay.spi.net.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A VPC as a test of the actions draws it: 10.0.0.0/16 with the subnets subnet-small 10.0.0.0/27
/// and subnet-large 10.0.1.0/24 in one zone, subnet-far 10.0.2.0/24 in another, and the group sg-1.
final class Drawn {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Choice choice = Choice.lowestFirst();
    Vpc vpc =
            Vpc.of("vpc-1", List.of(Cidr.parse("10.0.0.0/16")))
                    .with(subnet("subnet-small", "a", "10.0.0.0/27"))
                    .with(subnet("subnet-large", "a", "10.0.1.0/24"))
                    .with(subnet("subnet-far", "b", "10.0.2.0/24"))
                    .with(new SecurityGroup("sg-1", "default", List.of(), List.of()));

    private static Subnet subnet(String id, String zone, String cidr) {
        return new Subnet(
                id,
                "eu-central-1" + zone,
                Cidr.parse(cidr),
                Optional.of(Cidr.parse("2001:db8::/64")),
                List.of(),
                Map.of());
    }

    private <T> T take(Outcome<T> outcome) {
        vpc = outcome.vpc();
        return outcome.value();
    }

    String run(String type) {
        return take(Instances.run(
                        vpc,
                        type,
                        type,
                        Creation.in("subnet-large", Order.NOTHING),
                        Map.of(),
                        choice,
                        NOW))
                .id();
    }

    String create(String subnet, Order order) {
        return create(Creation.in(subnet, order));
    }

    String create(Creation creation) {
        return take(Interfaces.create(vpc, creation, choice)).id();
    }

    String attach(String eni, String instance, int card, int device) {
        return take(Attachments.attach(vpc, eni, new Place(instance, card, device), choice, NOW))
                .id();
    }

    /// A new interface at a place.
    String attach(String instance, int device) {
        String eni = create("subnet-large", Order.NOTHING);
        attach(eni, instance, 0, device);
        return eni;
    }

    List<Cidr> assign(String eni, Order order) {
        return take(Assignments.assign(vpc, eni, order, choice));
    }

    void unassign(String eni, String... blocks) {
        vpc = Assignments.unassign(vpc, eni, List.of(blocks).stream().map(Cidr::parse).toList());
    }

    void reserve(String subnet, String cidr, Reservation.Type type) {
        take(Reservations.reserve(vpc, subnet, Cidr.parse(cidr), type, "", choice));
    }

    String associate(String branch, String trunk, int vlan) {
        return take(Trunks.associate(vpc, branch, trunk, vlan, choice)).id();
    }

    static Creation of(NetworkInterface.Kind kind) {
        return new Creation(
                "subnet-large",
                kind,
                "",
                Optional.empty(),
                Order.NOTHING,
                List.of(),
                ConnectionTracking.OF_EC2,
                Map.of());
    }
}
