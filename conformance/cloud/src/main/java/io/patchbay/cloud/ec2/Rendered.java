package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Xml.set;
import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.Reservation;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What several answers have.
final class Rendered {
    static final String OWNER = "123456789012";

    private Rendered() {}

    static Xml tags(Map<String, String> tags) {
        return set(
                "tagSet",
                new TreeMap<>(tags)
                        .entrySet().stream()
                                .map(tag ->
                                        List.of(
                                                text("key", tag.getKey()),
                                                text("value", tag.getValue()))));
    }

    static Xml groups(Vpc vpc, List<String> groups) {
        return set(
                "groupSet",
                groups.stream()
                        .map(id ->
                                List.of(
                                        text("groupId", id),
                                        text("groupName", vpc.getGroup(id).name()))));
    }

    /// As EC2 names addresses outside us-east-1.
    static String privateDnsName(InetAddress address, String region) {
        return "ip-%s.%s.compute.internal".formatted(Cidr.text(address).replace('.', '-'), region);
    }

    static boolean isSingle(Cidr block) {
        return block.equals(Cidr.host(block.address()));
    }

    static boolean isIpv4(Cidr block) {
        return block.address() instanceof Inet4Address;
    }

    static List<Xml> reservation(String subnet, Reservation reservation) {
        return List.of(
                text("subnetCidrReservationId", reservation.id()),
                text("subnetId", subnet),
                text("cidr", reservation.cidr()),
                text(
                        "reservationType",
                        switch (reservation.type()) {
                            case PREFIX -> "prefix";
                            case EXPLICIT -> "explicit";
                        }),
                text("ownerId", OWNER),
                text("description", reservation.description()));
    }
}
