package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A subnet.
///
/// @param cidr of IPv4
/// @param ipv6 its block of IPv6, a /64, where it has one
public record Subnet(
        String id,
        String zone,
        Cidr cidr,
        Optional<Cidr> ipv6,
        List<Reservation> reservations,
        Map<String, String> tags) {
    public Subnet {
        reservations = List.copyOf(reservations);
        tags = Map.copyOf(tags);
    }

    /// What only prefixes, or only named addresses, are taken from.
    public List<Cidr> reserved(Reservation.Type type) {
        return reservations.stream()
                .filter(reservation -> reservation.type() == type)
                .map(Reservation::cidr)
                .toList();
    }

    Subnet with(Reservation reservation) {
        List<Reservation> more = new ArrayList<>(reservations);
        more.add(reservation);
        return new Subnet(id, zone, cidr, ipv6, more, tags);
    }

    Subnet withTags(Map<String, String> now) {
        return new Subnet(id, zone, cidr, ipv6, reservations, now);
    }
}
