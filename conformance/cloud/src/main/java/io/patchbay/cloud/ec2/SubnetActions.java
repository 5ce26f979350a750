package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Rendered.OWNER;
import static io.patchbay.cloud.ec2.Xml.set;
import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Reservation;
import io.patchbay.cloud.vpc.Reservations;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The VPC and its subnets.
final class SubnetActions {
    static final Map<String, Action> ALL =
            Map.of(
                    "DescribeVpcs", SubnetActions::describeVpcs,
                    "DescribeSubnets", SubnetActions::describe,
                    "CreateSubnetCidrReservation", SubnetActions::reserve,
                    "GetSubnetCidrReservations", SubnetActions::reservations);

    private static final Map<String, Function<Vpc, Stream<String>>> FIELDS_OF_VPC =
            Map.of(
                    "cidr", vpc -> Stream.of(vpc.cidrs().getFirst().toString()),
                    "cidr-block-association.cidr-block",
                            vpc -> vpc.cidrs().stream().map(Cidr::toString),
                    "state", _ -> Stream.of("available"));

    private static final Map<String, Function<Subnet, Stream<String>>> FIELDS =
            Map.of(
                    "subnet-id", subnet -> Stream.of(subnet.id()),
                    "cidr-block", subnet -> Stream.of(subnet.cidr().toString()),
                    "state", _ -> Stream.of("available"));

    private SubnetActions() {}

    private static List<Xml> describeVpcs(Call call) {
        Vpc vpc = call.seen();
        List<String> ids = call.parameters().list("VpcId");
        ids.stream()
                .filter(id -> !id.equals(vpc.id()))
                .findFirst()
                .ifPresent(id -> {
                    throw new Ec2Refusal(
                            "InvalidVpcID.NotFound",
                            "The vpc ID '%s' does not exist".formatted(id));
                });
        Filters filters = Filters.of(call.parameters());
        Map<String, Function<Vpc, Stream<String>>> fields =
                Described.with(FIELDS_OF_VPC, vpc, _ -> "");
        return Pages.of(
                call.parameters(),
                "vpcSet",
                Stream.of(vpc).filter(it -> filters.match(it, Map.of(), fields)).toList(),
                Vpc::id,
                SubnetActions::vpc);
    }

    private static List<Xml> vpc(Vpc vpc) {
        return List.of(
                text("vpcId", vpc.id()),
                text("ownerId", OWNER),
                text("state", "available"),
                text("cidrBlock", vpc.cidrs().getFirst()),
                text("isDefault", false),
                text("instanceTenancy", "default"),
                blocks("cidrBlockAssociationSet", "cidrBlock", ofFamily(vpc, true)),
                blocks("ipv6CidrBlockAssociationSet", "ipv6CidrBlock", ofFamily(vpc, false)));
    }

    private static Stream<Cidr> ofFamily(Vpc vpc, boolean ipv4) {
        return vpc.cidrs().stream().filter(cidr -> Rendered.isIpv4(cidr) == ipv4);
    }

    private static Xml blocks(String name, String block, Stream<Cidr> cidrs) {
        return set(
                name,
                cidrs.map(cidr ->
                        List.of(
                                text("associationId", "vpc-cidr-assoc-00000000000000001"),
                                text(block, cidr),
                                Xml.of(block + "State", text("state", "associated")))));
    }

    private static List<Xml> describe(Call call) {
        Vpc vpc = call.seen();
        List<String> ids = call.parameters().list("SubnetId");
        ids.forEach(vpc::getSubnet);
        Filters filters = Filters.of(call.parameters());
        Map<String, Function<Subnet, Stream<String>>> fields =
                Described.with(FIELDS, vpc, Subnet::zone);
        return Pages.of(
                call.parameters(),
                "subnetSet",
                vpc.subnets().values().stream()
                        .filter(subnet -> ids.isEmpty() || ids.contains(subnet.id()))
                        .filter(subnet -> filters.match(subnet, subnet.tags(), fields))
                        .toList(),
                Subnet::id,
                subnet -> subnet(vpc, subnet));
    }

    private static List<Xml> subnet(Vpc vpc, Subnet subnet) {
        return List.of(
                text("subnetId", subnet.id()),
                text("state", "available"),
                text("ownerId", OWNER),
                text("vpcId", vpc.id()),
                text("cidrBlock", subnet.cidr()),
                text("availableIpAddressCount", vpc.free(subnet)),
                text("availabilityZone", subnet.zone()),
                text("defaultForAz", false),
                text("mapPublicIpOnLaunch", false),
                blocks("ipv6CidrBlockAssociationSet", "ipv6CidrBlock", subnet.ipv6().stream()),
                Rendered.tags(subnet.tags()));
    }

    private static List<Xml> reserve(Call call) {
        Parameters parameters = call.parameters();
        String subnet = parameters.get("SubnetId");
        Cidr cidr = Parameters.parse("Cidr", parameters.get("Cidr"), Cidr::parse);
        Reservation.Type type = type(parameters.get("ReservationType"));
        String description = parameters.find("Description").orElse("");
        Reservation made =
                call.perform(vpc ->
                        Reservations.reserve(vpc, subnet, cidr, type, description, call.choice()));
        return List.of(Xml.of("subnetCidrReservation", Rendered.reservation(subnet, made)));
    }

    private static Reservation.Type type(String text) {
        return switch (text) {
            case "prefix" -> Reservation.Type.PREFIX;
            case "explicit" -> Reservation.Type.EXPLICIT;
            default ->
                    throw Ec2Refusal.parameter(
                            "Value (%s) for parameter ReservationType is invalid.".formatted(text));
        };
    }

    private static List<Xml> reservations(Call call) {
        Subnet subnet = call.seen().getSubnet(call.parameters().get("SubnetId"));
        return List.of(
                set(
                        "subnetIpv4CidrReservationSet",
                        subnet.reservations().stream()
                                .map(each -> Rendered.reservation(subnet.id(), each))),
                set("subnetIpv6CidrReservationSet", Stream.of()));
    }
}
