package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;

/// CreateSubnetCidrReservation.
public final class Reservations {
    private Reservations() {}

    public static Outcome<Reservation> reserve(
            Vpc vpc,
            String id,
            Cidr cidr,
            Reservation.Type type,
            String description,
            Choice choice) {
        Subnet subnet = vpc.getSubnet(id);
        boolean within =
                cidr.prefix() >= subnet.cidr().prefix()
                        && subnet.cidr().contains(cidr.address())
                        && cidr.network().equals(cidr);
        if (!within) {
            throw Ec2Refusal.parameter("Value (%s) for parameter cidr is invalid.".formatted(cidr));
        }
        if (type == Reservation.Type.PREFIX && cidr.prefix() > Space.PREFIX) {
            throw Ec2Refusal.parameter(
                    "The CIDR block %s is too small for a reservation of type prefix"
                            .formatted(cidr));
        }
        if (subnet.reservations().stream()
                .map(Reservation::cidr)
                .anyMatch(other ->
                        other.contains(cidr.address()) || cidr.contains(other.address()))) {
            throw new Ec2Refusal(
                    "InvalidSubnetCidrReservation.Conflict",
                    "The CIDR '%s' conflicts with another reservation".formatted(cidr));
        }
        Reservation reservation = new Reservation(choice.id("scr"), cidr, type, description);
        return new Outcome<>(vpc.with(subnet.with(reservation)), reservation);
    }
}
